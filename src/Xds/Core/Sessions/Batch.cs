namespace Stagedoor.Xds.Sessions;

/// <summary>Chooses what goes into one response of a type that need not be sent whole.</summary>
internal static class Batch
{
    /// <summary>
    /// The next items of what is pending: as many as fit; or one alone, if a NACK of it must name its culprit (route
    /// configurations that no client has accepted yet, and what was rejected in company).
    /// </summary>
    public static IReadOnlyList<SentItem> Take(
        TypeTracker tracker, int bytes, Func<SnapshotResource, bool> mustWait, bool removals)
    {
        var items = new List<SentItem>();
        var nearlyFull = bytes / 4;
        var obsolete = new List<string>();
        foreach (var (name, deviation) in tracker.Pending)
        {
            var content = tracker.Current.GetValueOrDefault(name);
            if (deviation.Client.Is(content) || (content is null && !removals))
            {
                obsolete.Add(name);
                continue;
            }

            if (content is not null)
            {
                // Offered once more already, and not answered yet.
                if (tracker.IsOnTrial(content)) continue;
                var alone = GoesAlone(tracker.Type, content, deviation);
                if (alone && items.Count > 0) continue;
                if (items.Count > 0 && content.Resource.Bytes.Length > bytes)
                {
                    if (bytes < nearlyFull) break;
                    continue;
                }

                if (mustWait(content)) continue;
                bytes -= content.Resource.Bytes.Length;
                items.Add(Item(name, content, deviation));
                if (alone || bytes <= 0) break;
            }
            else
            {
                items.Add(Item(name, null, deviation));
            }
        }

        foreach (var name in obsolete) tracker.Take(name);
        return items;
    }

    private static SentItem Item(string name, SnapshotResource? content, Deviation deviation) =>
        new(name, content, deviation.Client, deviation.Client.Resource ?? deviation.Fallback);

    private static bool GoesAlone(XdsType type, SnapshotResource content, Deviation deviation) =>
        deviation.Alone || (type == XdsType.RouteConfiguration && !content.Acknowledged);
}
