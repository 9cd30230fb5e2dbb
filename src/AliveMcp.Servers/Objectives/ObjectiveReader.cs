using System.Text.Json;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Objectives;

/// <summary>Reads an objective, from the servers file and from the API's body; what is wrong is told by field and value.</summary>
internal static class ObjectiveReader
{
    /// <summary>What stands under <c>slo</c>; null when nothing does, or when it is wrong, which the reader's problems then hold.</summary>
    public static Objective? Read(MapReader entry)
    {
        if (entry.Map("slo") is not { } slo)
        {
            return null;
        }

        slo.RefuseUnknownKeys(FileWords.Objective, "an objective");
        var window = slo.OneOf("window", ObjectiveWords.Windows, Objective.Default.Window);
        if (slo.Required("target", "is missing; " + ObjectiveProblems.TargetShape) is not { } scalar)
        {
            return null;
        }

        if (Percent(scalar.Text) is { } target)
        {
            return new Objective(target, window);
        }

        slo.Refuse(
            "target_invalid",
            "target",
            scalar.Line,
            $"'{SafeText.Of(scalar.Text, 60)}' cannot be promised; {ObjectiveProblems.TargetShape}"
        );
        return null;
    }

    /// <summary>The body of <c>PUT /servers/{slug}/slo</c>.</summary>
    public static Result<Objective> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return ObjectiveProblems.NoObject;
        }

        var problems = new List<Problem>();
        JsonElement? target = null;
        JsonElement? window = null;
        foreach (var member in body.EnumerateObject())
        {
            switch (member.Name)
            {
                case "target_percent":
                    target = member.Value;
                    break;
                case "window":
                    window = member.Value;
                    break;
                default:
                    problems.Add(ObjectiveProblems.Unknown(member.Name));
                    break;
            }
        }

        return Read(target, window, problems);
    }

    private static Result<Objective> Read(JsonElement? target, JsonElement? window, List<Problem> problems)
    {
        var percent = target is { ValueKind: JsonValueKind.Number } number ? Percent(number.GetRawText()) : null;
        if (percent is null)
        {
            problems.Add(ObjectiveProblems.Target(target));
        }

        var span = Objective.Default.Window;
        var isWindow =
            window is null
            || (
                window.Value.ValueKind == JsonValueKind.String
                && ObjectiveWords.Windows.TryGetValue(window.Value.GetString()!, out span)
            );
        if (!isWindow)
        {
            problems.Add(ObjectiveProblems.Window(window));
        }

        return problems.Count > 0 ? problems : new Objective(percent!.Value, span);
    }

    private static decimal? Percent(string text) =>
        text.Length <= 12
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && Objective.IsTarget(percent)
            ? percent
            : null;
}
