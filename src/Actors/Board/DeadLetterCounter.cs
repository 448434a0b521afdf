using Akka.Actor;
using Akka.Event;

namespace Stagedoor.Actors.Board;

/// <summary>Counts what nobody received: the only trace of messages that a moving shard drops.</summary>
internal sealed class DeadLetterCounter : ReceiveActor
{
    public DeadLetterCounter(ControlPlaneBoard board)
    {
        Receive<DeadLetter>(letter => board.DeadLetter(letter.Message.GetType().Name));
        Receive<UnhandledMessage>(unhandled => board.DeadLetter(unhandled.Message.GetType().Name));
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }
}
