using System.Globalization;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Durations of the Gateway API, such as <c>1h30m</c> or <c>100ms</c> (GEP-2257).</summary>
internal static class GatewayDuration
{
    /// <summary>The duration; null if there is none. The text has been checked when it was read.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null) return null;
        var total = TimeSpan.Zero;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (char.IsAsciiDigit(text[end])) end++;
            var number = int.Parse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture);
            var unit = text[end] == 'm' && end + 1 < text.Length && text[end + 1] == 's' ? "ms" : text[end].ToString();
            total += unit switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                _ => TimeSpan.FromMilliseconds(number),
            };
            at = end + unit.Length;
        }

        return total;
    }
}
