using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>What a verdict and the entries that agree with it say alike: one byte, and two more where there is a reason.</summary>
public readonly record struct Finding(
    ServerState State,
    Access Access,
    VerifiedTo VerifiedTo,
    Why Why,
    ProbeStep? FailedAt
)
{
    /// <summary>There is something to explain.</summary>
    public bool HasReason => Why != Why.None || FailedAt is not null;

    internal static Finding Of(VerdictMinute verdict) =>
        new(verdict.State, verdict.Access, verdict.VerifiedTo, verdict.Why, verdict.FailedAt);

    internal static Finding Of(RegionEntry entry) =>
        new(entry.State, entry.Access, entry.VerifiedTo, entry.Why, entry.FailedAt);

    internal void Write(PackedWriter writer, bool withReason)
    {
        writer.Byte((byte)((byte)State | ((byte)Access << 2) | ((byte)VerifiedTo << 4)));
        if (withReason)
        {
            writer.Byte((byte)Why);
            writer.Byte((byte)(FailedAt ?? ProbeStep.None));
        }
    }

    internal static Finding Read(ref PackedReader reader, bool withReason)
    {
        var axes = reader.Byte();
        var why = withReason ? (Why)reader.Byte() : Why.None;
        var step = withReason ? (ProbeStep)reader.Byte() : ProbeStep.None;
        return new Finding(
            (ServerState)(axes & 3),
            (Access)((axes >> 2) & 3),
            (VerifiedTo)(axes >> 4),
            why,
            step == ProbeStep.None ? null : step
        );
    }
}
