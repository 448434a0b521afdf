using System.Globalization;

namespace Stagedoor.Actors;

/// <summary>
/// Holds a data directory for one process. The lock is the operating system's: it ends with the process, however that
/// ends.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    /// <summary>Name of the lock file.</summary>
    public const string FileName = "stagedoor.lock";

    /// <summary>
    /// Name of the file that says which process holds the lock; the lock file itself cannot be read then.
    /// </summary>
    public const string PidFileName = "stagedoor.pid";

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; makes the directory if it is missing.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process holds it.</exception>
    /// <exception cref="IOException">The directory or file cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or file may not be made or written.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        FileStream file;
        try
        {
            // FileShare.None is an exclusive flock on Unix.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsHeld(error) && File.Exists(path))
        {
            throw new DataDirectoryInUseException(directory, ReadPid(Path.Combine(directory, PidFileName)));
        }

        File.WriteAllText(
            Path.Combine(directory, PidFileName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return new DataDirectoryLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A sharing violation: EWOULDBLOCK (11 on Linux, 35 on macOS), or 32 on Windows, in the low word.
    private static bool IsHeld(IOException error) =>
        error.GetType() == typeof(IOException) && (error.HResult & 0xFFFF) is 11 or 32 or 35;

    private static int ReadPid(string path)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? pid
                : 0;
        }
        catch (IOException)
        {
            // The holder's number is a courtesy only.
            return 0;
        }
    }
}

/// <summary>Another process uses the data directory (SD5004).</summary>
public sealed class DataDirectoryInUseException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="pid">The process that holds it; 0 if it cannot be told.</param>
    public DataDirectoryInUseException(string directory, int pid)
        : base(Text(directory, pid))
    {
        DataDirectory = directory;
        Pid = pid;
    }

    /// <summary>The directory.</summary>
    public string DataDirectory { get; }

    /// <summary>The process that holds it; 0 if it cannot be told.</summary>
    public int Pid { get; }

    private static string Text(string directory, int pid) => pid > 0
        ? $"{ActorCodes.DataInUse}: the data directory {directory} is in use by the process {pid}"
        : $"{ActorCodes.DataInUse}: the data directory {directory} is in use by another process";
}
