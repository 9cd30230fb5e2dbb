using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts;

/// <summary>Collects findings while a list is written: the first of each code for a tool, and never more than a page can show.</summary>
internal sealed class FindingList
{
    private const int Most = 100;
    private readonly List<ContractFinding> _findings = [];
    private string? _tool;
    private uint _noted;

    public IReadOnlyList<ContractFinding> All => _findings;

    /// <summary>What follows is about this tool.</summary>
    public void Begin(string? tool) => (_tool, _noted) = (tool, 0);

    public void Note(Oddity oddity, string text)
    {
        var bit = 1u << (int)oddity;
        if ((_noted & bit) != 0 || _findings.Count == Most)
        {
            return;
        }

        _noted |= bit;
        var (code, sentence) = OddityWords.Of(oddity);
        var tool = _tool is null ? null : SafeText.Of(_tool, 128);
        _findings.Add(new ContractFinding("interop", code, tool, $"Holds {sentence}: {SafeText.Of(text, 80)}"));
    }
}
