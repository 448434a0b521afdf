using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Stagedoor.Actors;

/// <summary>
/// The database file of the embedded profile: makes its tables as Akka.Persistence.Sql would (in a fraction of its
/// time), switches the write-ahead log on, and knows which proxies it holds before any actor runs.
/// </summary>
public static class SqliteJournal
{
    /// <summary>Name of the file within the data directory.</summary>
    public const string FileName = "journal.db";

    /// <summary>Persistence ids of proxies begin with it.</summary>
    internal const string ProxyPrefix = "proxy/";

    // The default table mapping of Akka.Persistence.Sql; a test compares it with what the plugin makes.
    private const string Schema =
        """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS journal (
          ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
          created INTEGER NOT NULL,
          deleted Bit NOT NULL,
          persistence_id NVarChar(255) NOT NULL,
          sequence_number INTEGER NOT NULL,
          message VarBinary NOT NULL,
          tags NVarChar(100) NULL,
          manifest NVarChar(500) NULL,
          identifier INTEGER NULL,
          writer_uuid NVarChar(128) NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number);
        CREATE INDEX IF NOT EXISTS journal_created_idx ON journal (created);
        CREATE INDEX IF NOT EXISTS journal_sequence_number_idx ON journal (sequence_number);
        CREATE TABLE IF NOT EXISTS snapshot (
          persistence_id NVarChar(255) NOT NULL,
          sequence_number INTEGER NOT NULL,
          created INTEGER NOT NULL,
          snapshot VarBinary NULL,
          manifest NVarChar(500) NULL,
          serializer_id INTEGER NULL,
          CONSTRAINT PK_snapshot PRIMARY KEY (persistence_id, sequence_number));
        CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
        CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);
        """;

    /// <summary>The connection string that the journal uses.</summary>
    public static string ConnectionString(string dataDirectory) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataDirectory, FileName),
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>Makes the file and its tables if they are missing.</summary>
    /// <exception cref="SqliteException">The file cannot be made or is no database.</exception>
    public static void Create(string dataDirectory)
    {
        using var connection = new SqliteConnection(ConnectionString(dataDirectory));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Whether the directory's journal holds the configuration of any proxy: then it can be served although the sources
    /// are away (rule I7). False if there is no journal yet.
    /// </summary>
    /// <exception cref="SqliteException">The file is no database.</exception>
    public static bool HasProxies(string dataDirectory) => !Proxies(dataDirectory).IsEmpty;

    /// <summary>
    /// The proxies in the directory's journal, <c>namespace~name</c>, ordered; empty if there is no journal yet.
    /// </summary>
    /// <exception cref="SqliteException">The file is no database.</exception>
    public static ImmutableArray<string> Proxies(string dataDirectory)
    {
        if (!File.Exists(Path.Combine(dataDirectory, FileName))) return [];
        Create(dataDirectory);
        using var connection = new SqliteConnection(ConnectionString(dataDirectory));
        connection.Open();
        using var command = connection.CreateCommand();
        // '0' is the character after '/': a range scan of the indexes.
        command.CommandText =
            """
            SELECT persistence_id FROM journal WHERE persistence_id >= 'proxy/' AND persistence_id < 'proxy0'
            UNION
            SELECT persistence_id FROM snapshot WHERE persistence_id >= 'proxy/' AND persistence_id < 'proxy0'
            """;
        using var reader = command.ExecuteReader();
        var proxies = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        while (reader.Read()) proxies.Add(reader.GetString(0)[ProxyPrefix.Length..]);
        return [.. proxies];
    }
}
