using System.Collections.Immutable;
using System.Globalization;
using Grpc.Net.Client;
using Shouldly;
using Stagedoor.Xds.Harness.Clients;
using Stagedoor.Xds.Harness.Language;
using Stagedoor.Xds.Harness.Serving;

namespace Stagedoor.Xds.Harness;

/// <summary>Plays one scenario: the server's snapshots on one side, the client's words on the other.</summary>
internal sealed class ScenarioRun(Scenario scenario, Func<Task<HarnessServer>> start) : IAsyncDisposable
{
    private const string Unknown = "type.googleapis.com/envoy.config.unknown.v3.Unknown";

    // Only a hang is ended by it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly History _history = new();
    private readonly XdsClient _client = scenario.Variant.IsDelta
        ? new DeltaClient(scenario.Variant.IsAggregated)
        : new SotwClient(scenario.Variant.IsAggregated);

    private SnapshotState _state = new();
    private HarnessServer _server = null!;
    private GrpcChannel? _channel;
    private Poller? _poller;
    private int _wireFrom;

    /// <summary>Plays all steps; the failure names the step.</summary>
    public async Task PlayAsync()
    {
        await StartServerAsync();
        foreach (var step in scenario.Steps)
        {
            try
            {
                using var timer = new CancellationTokenSource(Patience);
                await PlayAsync(step, timer.Token);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{step}: {exception.Message}\n{LogText()}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        (_poller as IDisposable)?.Dispose();
        _channel?.Dispose();
        await _server.DisposeAsync();
    }

    private Task PlayAsync(Step step, CancellationToken cancellation)
    {
        var words = step.Words;
        return step.Verb switch
        {
            "state" => ChangeAsync(words, _state.Replace, cancellation),
            "add" or "update" => ChangeAsync(words, _state.Put, cancellation),
            "remove" => ChangeAsync(words, _state.Remove, cancellation),
            "ask" => _client.AskAsync(Item.Type(words[0]), Names(words[1])),
            "drop" => _client.DropAsync(Item.Type(words[0]), Names(words[1])),
            "resume" => _client.ResumeAsync(Item.Type(words[0])),
            "expect" => ExpectAsync(words, answer: true, cancellation),
            "see" => ExpectAsync(words, answer: false, cancellation),
            "gather" => GatherAsync(words, cancellation),
            "ack" => _client.AnswerAsync(Item.Type(words[0]), null),
            "nack" => _client.AnswerAsync(Item.Type(words[0]), words[1].Trim('"')),
            "send" => SendAsync([.. words]),
            "node" => _client.SendNodeAsync(Item.Type(words[0]), words[1]),
            "rejected" => RejectedAsync(words, cancellation),
            "get" => GetAsync(Item.Type(words[0]), cancellation),
            "hold" => Do(() => _client.Memory(Item.Type(words[0])).Held[words[1]] = words[2]),
            "server" => StartServerAsync(),
            "poll" => PollAsync(words),
            "forget" => Do(() => _poller!.Forget(Item.Type(words[0]))),
            "wire" => Do(() => Wire([.. words.Select(Item.Type)])),
            "break" => BreakAsync(cancellation),
            "closed" => ClosedAsync(words, cancellation),
            "end" => EndAsync(cancellation),
            _ => throw new FormatException($"'{step.Verb}' is no verb"),
        };
    }

    // Another server of the same fleet, which has no snapshot yet.
    private async Task StartServerAsync()
    {
        Break();
        _channel?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _server = await start();
        _channel = _server.Connect();
        _client.Invoker = _channel.CreateCallInvoker();
        _client.Answers = 0;
        (_poller as IDisposable)?.Dispose();
        var versions = _poller?.Versions ?? [];
        _poller = scenario.Variant.Name == "rest"
            ? new RestPoller(_server.RestAddress) { Versions = versions }
            : new FetchPoller(_client.Invoker) { Versions = versions };
        _state = new SnapshotState();
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    // The server has taken what the client said so far: otherwise the step would be seen by an earlier subscription.
    private async Task ChangeAsync(
        IReadOnlyList<string> words, Action<XdsType, IEnumerable<Item>> change, CancellationToken cancellation)
    {
        await UntilTakenAsync(cancellation);
        _state.Begin();
        foreach (var part in string.Join(' ', words).Split('|', StringSplitOptions.TrimEntries))
        {
            var items = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            change(Item.Type(items[0]), items[1..].SelectMany(Item.Read));
        }

        _server.Cell.Publish(_state.Current(HarnessServer.Proxy)).ShouldBeTrue();
    }

    private async Task ExpectAsync(IReadOnlyList<string> words, bool answer, CancellationToken cancellation)
    {
        var expected = new Expected([.. words]);
        expected.Match(await GetAsync(expected.Type, cancellation));
        if (answer) await _client.AnswerAsync(expected.Type, null);
    }

    // The same in as many responses as the server likes, each name once.
    private async Task GatherAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var expected = new Expected([.. words]);
        for (Reply? all = null; all is null || !expected.IsComplete(all);)
        {
            var reply = await GetAsync(expected.Type, cancellation);
            await _client.AnswerAsync(expected.Type, null);
            all = all is null ? reply : reply with
            {
                Resources = [.. all.Resources, .. reply.Resources],
                Removed = [.. all.Removed, .. reply.Removed],
            };
            if (expected.IsComplete(all)) expected.Match(all);
        }
    }

    private async Task<Reply> GetAsync(XdsType type, CancellationToken cancellation)
    {
        var reply = await _client.GetAsync(type, cancellation);
        _history.Check(reply, scenario.Variant.IsAggregated);
        return reply;
    }

    // send TYPE|unknown [nonce=first|stale|last|none] [names=A,B] [version=text]
    private Task SendAsync(IReadOnlyList<string> words)
    {
        var values = words.Skip(1).Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        if (words[0] == "unknown") return _client.SendRawAsync(Unknown, "", "", []);
        var type = Item.Type(words[0]);
        var memory = _client.Memory(type);
        var nonce = values.GetValueOrDefault("nonce", "none") switch
        {
            "first" => memory.Nonces[0],
            "last" => memory.Nonce,
            "stale" => "no-such-nonce",
            _ => "",
        };
        var version = values.GetValueOrDefault("version", memory.Version);
        return _client.SendRawAsync(type.TypeUrl(), nonce, version, Names(values.GetValueOrDefault("names", "-")));
    }

    // poll TYPE names current|refused|[vN] items
    private async Task PollAsync(ImmutableArray<string> words)
    {
        var type = Item.Type(words[0]);
        var (status, reply) = await _poller!.PollAsync(type, Names(words[1]), _client.Node);
        if (words is [_, _, "current"] or [_, _, "refused"])
        {
            status.ToString().ToLowerInvariant().ShouldBe(words[2]);
            return;
        }

        status.ShouldBe(PollStatus.Answered);
        new Expected([words[0], .. words[2..]]).Match(reply!);
    }

    private Task RejectedAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var names = words.Skip(1).SelectMany(Item.Read).Select(item => item.Name).Order(StringComparer.Ordinal);
        return UntilAsync(
            () => _server.Reports.Rejections(Item.Type(words[0]))
                .Any(rejection => rejection.Resources.SequenceEqual(names)),
            cancellation);
    }

    private void Wire(IReadOnlyList<XdsType> types)
    {
        lock (_client.Log)
        {
            _client.Log.Skip(_wireFrom).Select(reply => reply.Type).ShouldBe(types);
            _wireFrom = _client.Log.Count;
        }
    }

    private Task UntilTakenAsync(CancellationToken cancellation) =>
        UntilAsync(() => _server.Answers >= _client.Answers, cancellation);

    private async Task BreakAsync(CancellationToken cancellation)
    {
        await UntilTakenAsync(cancellation);
        Break();
        await UntilAsync(() => _server.Reports.AllEnded, cancellation);
    }

    private void Break()
    {
        _client.Disconnect();
        _history.Reconnected();
    }

    private async Task ClosedAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var end = await _client.EndAsync(Item.Type(words[0]), cancellation);
        end.StatusCode.ToString().ShouldBe(words[1]);
    }

    // Whoever has no more requests gets the rest at once and then the end: so "nothing more" needs no waiting.
    private async Task EndAsync(CancellationToken cancellation)
    {
        var rest = await _client.FinishAsync(cancellation);
        rest.ShouldBeEmpty("nothing more was to come");
    }

    private static List<string> Names(string word) =>
        word == "-" ? [] : [.. word.Split(',').Select(name => name.Trim('"'))];

    private static async Task UntilAsync(Func<bool> holds, CancellationToken cancellation)
    {
        while (!holds()) await Task.Delay(5, cancellation);
    }

    private string LogText()
    {
        lock (_client.Log)
        {
            return string.Join('\n', _client.Log.Select(reply => string.Create(
                CultureInfo.InvariantCulture, $"  {reply.Type} {reply.Version}: {Expected.Text(reply)}")));
        }
    }
}
