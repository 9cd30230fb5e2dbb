using AliveMcp.Archive.Drift;

namespace AliveMcp.StatusPages.Pages;

/// <summary>How a page speaks of changes of a contract.</summary>
internal static class DriftWords
{
    /// <summary>The beginning of a sentence about one, that goes on with "since" and a time.</summary>
    public static string Told(DeclaredDrift drift) =>
        drift.Kind switch
        {
            "baseline_moved" =>
                "Looked at in another way (endpoint, identity or protocol version), it shows another list",
            "contract_unstable" => "It swings between lists that it had before, which is told once and not each time,",
            _ when drift.Classes.Count == 0 => "It shows another list, which is not kept,",
            _ when drift.Classes is ["text"] => "Words of its list are others",
            _ => "It shows another list",
        };

    /// <summary>One word for an earlier one: its gravest class, or what it was.</summary>
    public static string Word(DeclaredDrift drift) =>
        drift.Kind switch
        {
            "baseline_moved" => "moved",
            "contract_unstable" => "unstable",
            _ => drift.Classes.Count == 0 ? "changed" : drift.Classes[0],
        };

    /// <summary>What follows its time.</summary>
    public static string Counted(DeclaredDrift drift) =>
        drift.ChangeCount switch
        {
            0 => "",
            1 => ", 1 change",
            var count => $", {Figures.Count(count)} changes",
        };

    /// <summary>Style class of a class of change.</summary>
    public static string Style(string @class) => @class is "security" or "breaking" ? "grave" : "";

    /// <summary>Style class of an earlier one.</summary>
    public static string Style(DeclaredDrift drift) => Style(Word(drift));
}
