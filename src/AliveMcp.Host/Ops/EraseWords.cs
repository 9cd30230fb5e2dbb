using System.Globalization;

namespace AliveMcp.Host.Ops;

/// <summary>What <c>ops erase …</c> was asked.</summary>
/// <param name="Verb"><c>server</c>, <c>tenant</c>, <c>receipts</c>, <c>tombstones</c> or <c>replay</c>.</param>
/// <param name="Name">A tenant's slug, <c>TENANT/SERVER</c>, or a file; empty for <c>tombstones</c>.</param>
/// <param name="Number">For <c>receipts</c>: the tenant's number, which outlives its name.</param>
/// <param name="Yes">Do it, and not only tell.</param>
internal sealed record EraseWords(string Verb, string Name, int Number, bool Yes)
{
    /// <returns>Null when the words make no sense.</returns>
    public static EraseWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["erase", "server", var name] when IsServer(name) => new EraseWords("server", name, 0, Yes: false),
            ["erase", "server", var name, "--yes"] when IsServer(name) => new EraseWords("server", name, 0, Yes: true),
            ["erase", "tenant", var name] when IsWord(name) => new EraseWords("tenant", name, 0, Yes: false),
            ["erase", "tenant", var name, "--yes"] when IsWord(name) => new EraseWords("tenant", name, 0, Yes: true),
            ["erase", "receipts", var text] when TryNumber(text, out var number) => new EraseWords(
                "receipts",
                "",
                number,
                Yes: false
            ),
            ["erase", "tombstones"] => new EraseWords("tombstones", "", 0, Yes: false),
            ["erase", "--replay", var file] when file == "-" || IsWord(file) => new EraseWords(
                "replay",
                file,
                0,
                Yes: true
            ),
            _ => null,
        };

    private static bool IsWord(string text) => text.Length > 0 && !text.StartsWith('-');

    private static bool IsServer(string text) =>
        text.Split('/') is [var tenant, var server] && IsWord(tenant) && IsWord(server);

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
