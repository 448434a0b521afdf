using Akka.Actor;
using Akka.Persistence;
using Stagedoor.Actors.Protocol;

namespace Stagedoor.Actors.Storage;

/// <summary>
/// Reads and writes the journal once while the sources are being read: its first use costs the better part of a second.
/// </summary>
internal sealed class JournalWarmUp : ReceivePersistentActor
{
    public JournalWarmUp()
    {
        Recover<Committed>(_ => { });
        Recover<RecoveryCompleted>(_ => Self.Tell(new StopEntity()));
        Command<StopEntity>(_ => Persist(new Committed(), _ => DeleteMessages(LastSequenceNr)));
        Command<DeleteMessagesSuccess>(_ => Context.Stop(Self));
        Command<DeleteMessagesFailure>(_ => Context.Stop(Self));
    }

    public override string PersistenceId => "warm-up";

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        // Who needs the journal reports it.
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        // Who needs the journal reports it.
    }
}
