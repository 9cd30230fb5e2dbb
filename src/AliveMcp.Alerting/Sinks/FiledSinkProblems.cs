using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks;

/// <summary>The ways in which a sink of a file is refused. None repeats a value that may be secret.</summary>
internal static class FiledSinkProblems
{
    public static Problem Twin(string first) =>
        new("name_taken", $"name is that of {first} already; every sink has its own.", "name");

    public static Problem OtherKind(string kind) =>
        new(
            "kind_invalid",
            $"kind differs: the sink of this name is of kind {kind}; give the new one another name.",
            "kind"
        );

    public static Problem InUse(string sink, string rule) =>
        new(
            "sink_in_use",
            $"The sink '{SafeText.Of(sink, 80)}' left the file and is not pruned: the rule '{SafeText.Of(rule, 80)}' names it, and this file does not write that rule anew."
        );

    public static Problem NoSecret(string field, SecretReference reference) =>
        new(
            "secret_missing",
            reference.IsFile
                ? $"{field} is to be found in the file '{SafeText.Of(reference.Name, 200)}', which cannot be read or is empty."
                : $"{field} is to be found in the environment variable '{SafeText.Of(reference.Name, 200)}', which is not set.",
            field
        );
}
