using System.Net;
using System.Net.Sockets;
using Stagedoor.Host.Envoys;

namespace Stagedoor.Host.Serving;

/// <summary>
/// The port that running Envoys of an earlier server are connected to: "any free port" means that one first, so that
/// they can be adopted.
/// </summary>
internal static class XdsPortMemory
{
    /// <summary>The port if a living Envoy knows it and nobody else has taken it; else 0.</summary>
    public static int Recall(string dataDirectory, IPAddress address)
    {
        var folder = Path.Combine(dataDirectory, "envoy");
        if (!Directory.Exists(folder)) return 0;
        return Directory.EnumerateFiles(folder, "*.json")
            .Select(EnvoyRecord.Read)
            .Where(record => record is not null && ProcessIdentity.Of(record.Process.Pid) == record.Process)
            .Select(record => record!.XdsPort)
            .FirstOrDefault(port => IsFree(address, port));
    }

    private static bool IsFree(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
