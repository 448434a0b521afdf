using System.Collections.Concurrent;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>
/// Questions about a session, which only its own loop may touch: it answers them between two responses.
/// </summary>
internal sealed class StreamQuestions(WakeSignal wake)
{
    private readonly ConcurrentQueue<Question> _questions = new();

    /// <summary>Asks for the state of the resources; the answer comes when the loop has time, or never.</summary>
    public Task<IReadOnlyList<ResourceStatus>> AskAsync(int limit)
    {
        var question = new Question(limit);
        _questions.Enqueue(question);
        wake.Set();
        return question.Answer.Task;
    }

    /// <summary>Answers what was asked.</summary>
    public void Answer(XdsSession session)
    {
        while (_questions.TryDequeue(out var question)) question.Answer.TrySetResult(session.Describe(question.Limit));
    }

    private sealed record Question(int Limit)
    {
        public TaskCompletionSource<IReadOnlyList<ResourceStatus>> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
