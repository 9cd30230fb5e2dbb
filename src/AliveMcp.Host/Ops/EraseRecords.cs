using AliveMcp.Servers.Erasure;
using AliveMcp.Storage.Audit;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>What stays of an erasure, as an operator prints it, keeps it apart, and brings it back to a restored copy.</summary>
internal sealed class EraseRecords(ErasureReceipts receipts, Tombstones tombstones)
{
    public async Task<Result<string[]>> ReceiptAsync(ServerKey server, CancellationToken cancellationToken) =>
        Lines(await receipts.OfAsync(server.Tenant, server.Server, cancellationToken));

    /// <summary>Of a tenant and of all its servers.</summary>
    public async Task<Result<string[]>> ReceiptsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Lines(await receipts.OfAsync(tenant, null, cancellationToken));

    /// <summary>One line of JSON each, for <c>--replay</c>.</summary>
    public async Task<Result<string[]>> TombstonesAsync(CancellationToken cancellationToken) =>
        (await tombstones.ListAsync(cancellationToken)).ToArray();

    public async Task<Result<string[]>> ReplayAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var lines =
                file == "-"
                    ? Console.In.ReadToEnd().Split('\n')
                    : await File.ReadAllLinesAsync(file, cancellationToken);
            var erased = await tombstones.ReplayAsync(lines, Actor.AtTerminal, cancellationToken);
            return new[]
            {
                $"{lines.Count(line => line.Trim().Length > 0)} stones stand; {erased} servers and tenants were erased anew.",
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            return new Problem("stones_unreadable", SafeText.Of(fault.Message, 300), "--replay");
        }
    }

    private static Result<string[]> Lines(IReadOnlyList<ErasureReceipt> found) =>
        found.Count == 0
            ? new Problem("receipt_not_found", "There is no receipt.", "receipts")
            : found.SelectMany(Lines).ToArray();

    private static IEnumerable<string> Lines(ErasureReceipt receipt) =>
        [
            $"receipt {receipt.Id}",
            $"  {receipt.Text}",
            $"  sha256 {receipt.Hash}",
            .. receipt.Server is null
                ? (string[])[]
                :
                [
                    receipt.KeysDeletedAt is { } at
                        ? $"  keys in Redis deleted {at:yyyy-MM-dd HH:mm:ss}Z"
                        : "  keys in Redis: the collector deletes them",
                ],
        ];
}
