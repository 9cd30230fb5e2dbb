using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Changes;

/// <summary>Collects the changes of one comparison, and bounds how many there are and how much work goes into finding them.</summary>
internal sealed class ChangeList
{
    /// <summary>No reader looks at more; a hostile list could hold a million.</summary>
    private const int Most = 20_000;
    private const int ValueLength = 160;
    private const int NameLength = 128;
    private readonly List<ContractChange> _changes = [];

    /// <summary>Comparisons of two values that may still be made.</summary>
    private int _steps = 2_000_000;

    /// <summary>Name of the tool at hand.</summary>
    public string? Tool { get; set; }

    public int Count => _changes.Count;

    /// <summary>Pays for work; false when what one comparison of lists may cost is used up.</summary>
    public bool Spend(int steps = 1) => _steps > 0 && (_steps -= steps) > 0;

    public void Add(
        ChangeClass @class,
        string code,
        Place at,
        string detail,
        JsonPiece? before = null,
        JsonPiece? after = null
    ) => Add(@class, code, at, detail, Shown(before), Shown(after));

    public void Add(ChangeClass @class, string code, Place at, string detail, string? before, string? after)
    {
        if (_changes.Count == Most)
        {
            return;
        }

        _changes.Add(
            new ContractChange
            {
                Class = @class,
                Code = code,
                Tool = Tool is null ? null : SafeText.Of(Tool, NameLength),
                Path = at.ToString(),
                Detail = detail,
                Before = before,
                After = after,
            }
        );
    }

    /// <summary>The changes since a count, taken out of the list.</summary>
    public IReadOnlyList<ContractChange> TakeSince(int count)
    {
        var taken = _changes.GetRange(count, _changes.Count - count);
        _changes.RemoveRange(count, taken.Count);
        return taken;
    }

    public void AddAll(IEnumerable<ContractChange> changes) => _changes.AddRange(changes);

    /// <summary>The gravest first, then by tool and path.</summary>
    public IReadOnlyList<ContractChange> Sorted()
    {
        if (_changes.Count == Most || _steps <= 0)
        {
            Tool = null;
            _changes.Add(
                new ContractChange
                {
                    Class = ChangeClass.Breaking,
                    Code = "not_comparable",
                    Detail = "More differs than is listed here.",
                }
            );
        }

        return
        [
            .. _changes
                .Distinct()
                .OrderByDescending(change => change.Class)
                .ThenBy(change => change.Tool, StringComparer.Ordinal)
                .ThenBy(change => change.Path, StringComparer.Ordinal)
                .ThenBy(change => change.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>A value as it may be shown.</summary>
    public static string? Shown(JsonPiece? piece) =>
        piece is null || piece.Raw.IsEmpty ? null : SafeText.Of(Decoded(piece.Raw.Span), ValueLength);

    /// <summary>A name in quotes, as it may be shown.</summary>
    public static string Quoted(string name) => $"\"{SafeText.Of(name, NameLength)}\"";

    // A value may be megabytes long: only as much is decoded as can be shown.
    private static string Decoded(ReadOnlySpan<byte> raw) =>
        Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * (ValueLength + 1))]);
}
