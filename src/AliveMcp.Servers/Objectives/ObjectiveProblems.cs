using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Objectives;

/// <summary>The ways in which this slice says no.</summary>
internal static class ObjectiveProblems
{
    public const string TargetShape =
        "write a percentage from 50 to 99.999 with at most three decimals, for example 99.9";

    public static Problem NoServer(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may see.", "slug");

    public static Problem NoObject { get; } =
        new(
            "objective_invalid",
            """The body is no objective; send for example {"target_percent": 99.9, "window": "30d"}."""
        );

    public static Problem Target(JsonElement? value) =>
        new("target_percent_invalid", $"target_percent is {Shown(value)}; {TargetShape}.", "target_percent");

    public static Problem Window(JsonElement? value) =>
        new("window_invalid", $"window is {Shown(value)}; write \"30d\" (rolling) or \"month\" (calendar).", "window");

    public static Problem Unknown(string field) =>
        new(
            "key_unknown",
            $"'{SafeText.Of(field, 60)}' is no field of an objective; known are target_percent, window.",
            SafeText.Of(field, 60)
        );

    private static string Shown(JsonElement? value) =>
        value is { } told ? SafeText.Of(told.GetRawText(), 60) : "missing";
}
