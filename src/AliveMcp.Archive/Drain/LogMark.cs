namespace AliveMcp.Archive.Drain;

/// <summary>How far a shard's log was read: everything up to <paramref name="Seq"/> in that epoch of Redis.</summary>
public readonly record struct LogMark(string Epoch, long Seq);
