using System.Diagnostics;
using Xunit;

namespace Stagedoor.Acceptance.Harness;

/// <summary>Waits for something that other processes bring about.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>What is waited for when nothing else is said.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Asks until the answer is not null; fails with the description when the patience is at its end.
    /// </summary>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? patience = null)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        do
        {
            try
            {
                if (await ask() is { } answer)
                    return answer;
                last = null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                last = e;
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
        while (watch.Elapsed < (patience ?? Patience));
        throw new TimeoutException($"waited {watch.Elapsed.TotalSeconds:F0} s for {what}", last);
    }

    /// <summary>Asks until the answer is yes.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> ask, TimeSpan? patience = null) =>
        ForAsync(what, async () => await ask() ? what : null, patience);
}
