using Microsoft.Data.Sqlite;
using Shouldly;
using Stagedoor.Actors.Proxies;
using Stagedoor.Actors.Storage;
using Xunit;

namespace Stagedoor.Actors.Tests.Storage;

/// <summary>The data directory, the database file, and when things are written.</summary>
public sealed class StorageTests
{
    [Fact]
    public void A_second_holder_of_a_data_directory_is_refused_and_told_who_holds_it()
    {
        using var data = new TemporaryData();
        using (DataDirectoryLock.Take(data.Path))
        {
            var refused = Should.Throw<DataDirectoryInUseException>(() => DataDirectoryLock.Take(data.Path));
            refused.Pid.ShouldBe(Environment.ProcessId);
            refused.Message.ShouldContain("SD5004");
        }

        DataDirectoryLock.Take(data.Path).Dispose();
    }

    [Fact]
    public void A_new_database_is_in_WAL_mode_and_holds_no_proxy()
    {
        using var data = new TemporaryData();
        SqliteJournal.HasProxies(data.Path).ShouldBeFalse();
        File.Exists(Path.Combine(data.Path, SqliteJournal.FileName)).ShouldBeFalse();

        SqliteJournal.Create(data.Path);
        SqliteJournal.Create(data.Path);

        using var connection = new SqliteConnection(SqliteJournal.ConnectionString(data.Path));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        command.ExecuteScalar().ShouldBe("wal");
        SqliteJournal.HasProxies(data.Path).ShouldBeFalse();
    }

    [Fact]
    public void The_first_change_after_quiet_goes_at_once_and_followers_are_gathered_longer_and_longer()
    {
        var window = new GatherWindow(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100));
        var now = DateTimeOffset.UnixEpoch;
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var wait = window.Wait(now);
            waits.Add(wait.TotalMilliseconds);
            now += wait;
            window.Begin(now);
            now += TimeSpan.FromMilliseconds(1);
        }

        waits.ShouldBe([0, 19, 39, 79, 99, 99]);
        window.Wait(now + TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_checkpoint_is_due_after_many_events_or_as_many_bytes_as_the_state_has()
    {
        var policy = new CheckpointPolicy(mostEvents: 3, fewestBytes: 100);

        policy.Wrote(10).ShouldBeFalse();
        policy.Wrote(90).ShouldBeTrue();
        policy.Checkpointed(500);
        policy.Wrote(200).ShouldBeFalse();
        policy.Wrote(1).ShouldBeFalse();
        policy.Wrote(1).ShouldBeTrue();
    }
}
