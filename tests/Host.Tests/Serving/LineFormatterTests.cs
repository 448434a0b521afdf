using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

public sealed class LineFormatterTests
{
    [Fact]
    public void A_message_with_line_breaks_stays_on_one_line()
    {
        using var output = new StringWriter();
        var entry = new LogEntry<string>(
            LogLevel.Warning, "stagedoor", default, "a\r\n20:00:00.000 info    stagedoor: forged\u001B[2J", null,
            (words, _) => words);

        new LineFormatter().Write(entry, null, output);

        var line = output.ToString();
        line.ShouldMatch(
            @"^\d\d:\d\d:\d\d\.\d{3} warning stagedoor: a  20:00:00\.000 info    stagedoor: forged \[2J\n$");
    }
}
