using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Proxies;

namespace Stagedoor.Actors.Storage;

/// <summary>
/// The journal of one proxy: a child of its owner, so that a failing database ends this actor and not the owner. Works
/// on states: it writes the difference between what it holds and what it is told to hold.
/// </summary>
internal sealed class ProxyJournal : ReceivePersistentActor
{
    private readonly ProxyRecords _records;
    private readonly TimeProvider _clock;
    private readonly CheckpointPolicy _policy = new();
    private ProxyState _state;
    private ImmutableHashSet<ResourceName> _missing = [];
    private long _lastCheckpoint;

    public ProxyJournal(string proxy, ProxyRecords records, TimeProvider clock)
    {
        PersistenceId = SqliteJournal.ProxyPrefix + proxy;
        _records = records;
        _clock = clock;
        _state = ProxyState.Empty(proxy);

        Recover<SnapshotOffer>(offer => Read(offer, proxy));
        Recover<Committed>(Apply);
        Recover<RecoveryCompleted>(_ => Context.Parent.Tell(new JournalRead(_state, _missing)));
        Command<WriteState>(Write);
        Command<SaveSnapshotSuccess>(Checkpointed);
        Command<SaveSnapshotFailure>(failure => Log.Warning(failure.Cause, "No checkpoint of {Id}", PersistenceId));
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(
            failure => Log.Warning(failure.Cause, "Old events of {Id} remain", PersistenceId));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failure =>
            Log.Warning(failure.Cause, "Old checkpoints of {Id} remain", PersistenceId));
    }

    public override string PersistenceId { get; }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Context.Parent.Tell(new JournalFailed(cause.Message, WhileReading: false));

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Context.Parent.Tell(new JournalFailed(cause.Message, WhileReading: false));
        // A rejection, unlike a failure, does not end the actor; the owner makes a new one in both cases.
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Context.Parent.Tell(new JournalFailed(reason.Message, WhileReading: true));

    private void Read(SnapshotOffer offer, string proxy)
    {
        if (offer.Snapshot is not Checkpoint checkpoint) return;
        (_state, _missing) = _records.Read(proxy, checkpoint);
        _lastCheckpoint = offer.Metadata.SequenceNr;
        _policy.Checkpointed(checkpoint.CalculateSize());
    }

    private void Apply(Committed committed)
    {
        (_state, _missing) = _records.Apply(_state, _missing, committed);
        _policy.Wrote(committed.CalculateSize());
    }

    private void Write(WriteState write)
    {
        // A target that is already covered: the owner asked twice.
        if (write.Target.Generation <= _state.Generation)
        {
            Context.Parent.Tell(new StateWritten(_state.Generation));
            return;
        }

        var committed = _records.Between(_state, write.Target, _clock.GetUtcNow());
        Persist(committed, _ =>
        {
            _state = write.Target;
            Context.Parent.Tell(new StateWritten(_state.Generation));
            if (_policy.Wrote(committed.CalculateSize())) Checkpoint();
        });
    }

    private void Checkpoint()
    {
        var checkpoint = _records.Whole(_state);
        _policy.Checkpointed(checkpoint.CalculateSize());
        SaveSnapshot(checkpoint);
    }

    private void Checkpointed(SaveSnapshotSuccess success)
    {
        // The checkpoint before stays, with the events after it, in case this one cannot be read.
        if (_lastCheckpoint > 0)
        {
            DeleteMessages(_lastCheckpoint);
            DeleteSnapshots(new SnapshotSelectionCriteria(_lastCheckpoint - 1));
        }

        _lastCheckpoint = success.Metadata.SequenceNr;
    }
}
