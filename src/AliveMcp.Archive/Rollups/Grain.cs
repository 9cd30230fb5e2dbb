using Npgsql;

namespace AliveMcp.Archive.Rollups;

/// <summary>Hours, days or months: where they are kept and how one is computed from what lies beneath. Everything else is the same for all.</summary>
internal abstract class Grain(GrainTable table)
{
    /// <summary>Where they are kept.</summary>
    public GrainTable Table { get; } = table;

    /// <summary>Reads what lies beneath, and answers with how each is computed; what has nothing beneath is left out.</summary>
    public abstract Task<IReadOnlyDictionary<Dirty, DirtyParts>> ReadAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Dirty> dirty,
        CancellationToken cancellationToken
    );
}

/// <summary>What lies beneath a dirty one.</summary>
/// <param name="Count">How many parts.</param>
/// <param name="Pack">Computes and packs it; throws when a part cannot be read or what was packed does not unpack to what went in.</param>
internal sealed record DirtyParts(int Count, Func<PackedRollup> Pack);
