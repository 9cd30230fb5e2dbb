namespace AliveMcp.Host.Ops.Backup;

/// <summary>What a table holds, in two figures.</summary>
/// <param name="Table">Schema and name; a partition is a table.</param>
/// <param name="Rows">How many.</param>
/// <param name="Hash">SHA-256 over the rows in the order of their key, each row chained to those before it; 64 hex digits.</param>
internal sealed record TableSum(string Table, long Rows, string Hash);
