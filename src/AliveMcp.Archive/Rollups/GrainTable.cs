namespace AliveMcp.Archive.Rollups;

/// <summary>Where a grain keeps its rows: <c>archive.verdict_…</c> and <c>archive.dirty_…</c> by the grain's word.</summary>
internal sealed record GrainTable
{
    /// <summary><c>hour</c>, <c>day</c> or <c>month</c>; also the column that counts them from 1970-01-01.</summary>
    public required string Word { get; init; }

    /// <summary>The column that says of how many parts a row is made.</summary>
    public required string Parts { get; init; }

    /// <summary>The newest that may be computed, of <c>archive.progress</c>.</summary>
    public required string Newest { get; init; }

    /// <summary>The function that makes a partition for a class and a place in time.</summary>
    public required string MakePartition { get; init; }

    /// <summary>The grain that is made of this one, and which of it a row belongs to; null: there is none.</summary>
    public (string Word, string At)? Larger { get; init; }

    /// <summary>Columns of bytes that only this grain has.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>Takes what waits, the oldest first; what others are at work on is left alone.</summary>
    public string Take =>
        $"""
            SELECT {Word} AS At, server_id AS Server FROM archive.dirty_{Word}
            WHERE come_back_at <= now() AND {Word} <= (SELECT {Newest} FROM archive.progress)
            ORDER BY {Word}, server_id LIMIT @most FOR UPDATE SKIP LOCKED
            """;

    /// <summary>How many parts the rows hold that stand there already.</summary>
    public string Held =>
        $"""
            SELECT row.server_id AS Server, row.{Word} AS At, max(row.{Parts})::integer AS Parts
            FROM unnest(@servers, @ats) AS dirty (server_id, at)
            JOIN archive.verdict_{Word} AS row ON row.server_id = dirty.server_id AND row.{Word} = dirty.at
            GROUP BY row.server_id, row.{Word}
            """;

    /// <summary>
    /// Writes rows over what stood for them and makes what they are part of dirty. A server that changed its retention class has its row
    /// in one class only; one that was erased has none.
    /// </summary>
    public string Store =>
        $"""
            WITH new AS (
                SELECT * FROM unnest({Arguments}) AS one ({Columns})
                WHERE NOT EXISTS (SELECT FROM erasure.tombstone AS gone WHERE gone.server_id = one.server_id)),
            moved AS (
                DELETE FROM archive.verdict_{Word} AS old USING new
                WHERE old.server_id = new.server_id AND old.{Word} = new.{Word} AND old.retention <> new.retention)
            {MakeLargerDirty}
            INSERT INTO archive.verdict_{Word} ({Columns})
            SELECT * FROM new
            ON CONFLICT (server_id, {Word}, retention) DO UPDATE SET ({Values}) = ({Excluded})
            """;

    /// <summary>These could not be computed and come back in an hour.</summary>
    public string SetAside =>
        $"""
            UPDATE archive.dirty_{Word} AS dirty SET come_back_at = now() + interval '1 hour'
            FROM unnest(@servers, @ats) AS failed (server_id, at)
            WHERE dirty.server_id = failed.server_id AND dirty.{Word} = failed.at
            """;

    /// <summary>These are done.</summary>
    public string Clean =>
        $"""
            DELETE FROM archive.dirty_{Word} AS dirty USING unnest(@servers, @ats) AS done (server_id, at)
            WHERE dirty.server_id = done.server_id AND dirty.{Word} = done.at
            """;

    /// <summary>Makes the partitions for classes and places in time.</summary>
    public string Partition => $"SELECT {MakePartition}(class, at) FROM unnest(@classes, @ats) AS wanted (class, at)";

    /// <summary>
    /// Lets readers take rows up to the newest, once none of them waits any more. One that is set aside holds nobody up. The lock comes
    /// first: the look that follows must not be older than the progress it is about.
    /// </summary>
    public string Advance =>
        $"""
            SELECT FROM archive.progress FOR UPDATE;
            UPDATE archive.progress SET packed_{Word} = {Newest}
            WHERE packed_{Word} < {Newest} AND NOT EXISTS (
                SELECT FROM archive.dirty_{Word} AS dirty
                WHERE dirty.{Word} > packed_{Word} AND dirty.{Word} <= {Newest} AND dirty.come_back_at <= now());
            """;

    private static readonly string[] Alike =
    [
        "live",
        "degraded",
        "down",
        "unknown",
        "maintenance",
        "tries",
        "failed_tries",
        "latency",
    ];

    private IEnumerable<string> Kept => [Parts, .. Alike, .. Own];

    /// <summary>Every column, in the order in which rows are written: the key, the tenant, the class, the parts, what all grains keep, and what only this one does.</summary>
    public string Columns => $"server_id, {Word}, tenant_id, retention, {Values}";

    private string Values => string.Join(", ", Kept);

    private string Excluded => string.Join(", ", Kept.Select(column => "excluded." + column));

    private string Arguments =>
        string.Join(
            ", ",
            Alike.Concat(Own).Select(column => "@" + column).Prepend("@servers, @ats, @tenants, @retentions, @parts")
        );

    private string MakeLargerDirty =>
        Larger is not { } larger
            ? ""
            : $"""
                , larger AS (
                    INSERT INTO archive.dirty_{larger.Word} ({larger.Word}, server_id, tenant_id)
                    SELECT DISTINCT {larger.At}, server_id, tenant_id FROM new ORDER BY 1, 2
                    ON CONFLICT ({larger.Word}, server_id) DO UPDATE SET touched = dirty_{larger.Word}.touched + 1)
                """;
}
