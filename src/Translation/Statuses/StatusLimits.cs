using System.Text;
using Solo.Core;

namespace Stagedoor.Translation.Statuses;

/// <summary>What a status may hold before it is written (gateway-translation 0.2).</summary>
internal static class StatusLimits
{
    private const int MaxReason = 1024;
    private const int MaxSubresources = 100;

    /// <summary>
    /// The status with its reason cut to 1024 bytes and at most 100 nested statuses, the first by key; nested ones get
    /// half of both, and so on.
    /// </summary>
    public static Status Trim(Status status) => Trim(status, MaxReason, MaxSubresources);

    private static Status Trim(Status status, int reason, int subresources)
    {
        var result = new Status
        {
            State = status.State,
            Reason = Cut(status.Reason, reason),
            ReportedBy = status.ReportedBy,
            Details = status.Details,
        };
        result.Messages.AddRange(status.Messages);
        foreach (var (key, nested) in status.SubresourceStatuses
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(subresources))
            result.SubresourceStatuses[key] = Trim(nested, reason / 2, subresources / 2);
        return result;
    }

    /// <summary>At most so many bytes of UTF-8, without half a character at the end.</summary>
    private static string Cut(string text, int most)
    {
        if (Encoding.UTF8.GetByteCount(text) <= most) return text;
        var bytes = 0;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most) break;
            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }
}
