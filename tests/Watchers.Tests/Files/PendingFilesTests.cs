using Shouldly;
using Xunit;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>When a file is read and when it is given up, on a clock of the test.</summary>
public sealed class PendingFilesTests
{
    private static readonly FileStamp Stamp = new(1, 2, 3, 4, 5, false, 1);
    private static readonly FileStamp Other = Stamp with { Size = 4 };
    private readonly PendingFiles _files = new(new FileSourceOptions { Directory = "." });

    [Fact]
    public void A_closed_file_is_read_at_once()
    {
        _files.Written("a", 0);
        _files.Complete("a");

        _files.NextDue().ShouldBe(0);
        _files.Take(0).Ready.ShouldBe(["a"]);
        _files.Take(0).IsEmpty.ShouldBeTrue();
        _files.NextDue().ShouldBe(long.MaxValue);
    }

    [Fact]
    public void A_file_that_is_written_again_waits_for_its_next_close()
    {
        _files.Complete("a");
        _files.Written("a", 0);

        _files.Take(0).IsEmpty.ShouldBeTrue();
        _files.Written("a", 1500);
        _files.Take(3000).IsEmpty.ShouldBeTrue();
        _files.NextDue().ShouldBe(3500);
        _files.Take(3500).Ready.ShouldBe(["a"]);
    }

    [Fact]
    public void A_missing_file_is_given_up_after_the_grace_unless_it_comes_back()
    {
        _files.Left("a", 0);
        _files.Left("b", 0);
        _files.Left("a", 150);
        _files.Written("b", 100);

        _files.Take(199).IsEmpty.ShouldBeTrue();
        _files.Take(200).Leaving.ShouldBe(["a"]);
        _files.Leaving.ShouldBeEmpty();
    }

    [Fact]
    public void A_difference_is_believed_when_it_stays()
    {
        _files.Differs("a", Stamp, 0);
        _files.Differs("a", Stamp, 50);
        _files.Take(99).IsEmpty.ShouldBeTrue();
        _files.Take(100).Settled.ShouldBe([("a", Stamp)]);

        _files.Differs("a", Stamp, 0);
        _files.Differs("a", Other, 50);
        _files.Take(149).IsEmpty.ShouldBeTrue();
        _files.Take(150).Settled.ShouldBe([("a", Other)]);
    }

    [Fact]
    public void A_comparison_does_not_hurry_a_writer()
    {
        _files.Written("a", 0);
        _files.Differs("a", Stamp, 0);
        _files.Touched("a");

        _files.Take(1000).IsEmpty.ShouldBeTrue();
    }
}
