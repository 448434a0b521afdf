using System.Text;
using Akka.Configuration;
using Akka.Persistence.Sql;

namespace Stagedoor.Actors;

/// <summary>The files of <c>hocon/</c>, which are part of this assembly, and what they are completed with.</summary>
internal static class HoconProfiles
{
    /// <summary>The text of a file, by its name without ending.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(HoconProfiles).Assembly.GetManifestResourceStream($"hocon/{name}.conf")
            ?? throw new ArgumentException($"there is no hocon/{name}.conf", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The whole configuration of these options; what comes first wins.</summary>
    public static Config For(StagedoorActorsOptions options)
    {
        var embedded = options.Profile == ActorsProfile.Embedded;
        var connection = embedded ? SqliteJournal.ConnectionString(options.DataDirectory) : options.ConnectionString;
        return Parse(options.Hocon)
            .WithFallback(Parse(Connections(connection)))
            .WithFallback(Parse(Text(embedded ? "embedded" : "cluster")))
            .WithFallback(Parse(Text("base")))
            .WithFallback(SqlPersistence.DefaultConfiguration);
    }

    private static Config Parse(string hocon) =>
        string.IsNullOrWhiteSpace(hocon) ? Config.Empty : ConfigurationFactory.ParseString(hocon);

    private static string Connections(string connection)
    {
        var quoted = "\"" + connection.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        return $$"""
            akka.persistence {
              journal.sql.connection-string = {{quoted}}
              snapshot-store.sql.connection-string = {{quoted}}
              query.journal.sql.connection-string = {{quoted}}
            }
            """;
    }
}
