using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Drift;

namespace AliveMcp.Alerting.Kinds;

/// <summary>How urgent a change of contract is: its gravest class decides. Pure.</summary>
internal static class DriftRule
{
    /// <summary>Null: nobody is told, because its owner made the change himself.</summary>
    public static Severity? SeverityOf(ContractDrifted drift) =>
        drift.Kind == "baseline_moved" ? null
        : drift.Kind == "contract_unstable" ? Severity.P3
        : drift.Classes.Contains("security", StringComparer.Ordinal) ? Severity.P2
        // A list whose text is not kept may hold anything.
        : drift.Classes.Count == 0 || drift.Classes.Contains("breaking", StringComparer.Ordinal) ? Severity.P3
        : Severity.P4;

    /// <summary>Whether it tells of texts that attack, not of what changed.</summary>
    public static bool IsFinding(ContractDrifted drift) => drift.Kind == "finding";

    /// <summary>One line, behind the server's name.</summary>
    public static string Words(ContractDrifted drift) =>
        IsFinding(drift) ? $"publishes {Texts(drift.ChangeCount)} whoever reads its tools"
        : drift.Kind == "contract_unstable" ? "changes its contract again and again"
        : drift.Classes.Count == 0 ? "changed its contract"
        : $"changed its contract: {Count(drift.ChangeCount)}, the gravest is {GravestOf(drift)}";

    private static string GravestOf(ContractDrifted drift) =>
        drift.Classes[0] switch
        {
            "security" => "about security",
            "breaking" => "breaking for callers",
            "additive" => "an addition",
            _ => "in wording",
        };

    private static string Texts(int findings) =>
        findings == 1
            ? "a text that may attack"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{findings} texts that may attack");

    private static string Count(int changes) =>
        changes == 1
            ? "1 change"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{changes} changes");
}
