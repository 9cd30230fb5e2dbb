using System.Text.Json;
using System.Text.Json.Nodes;

namespace AliveMcp.Alerting.Rules;

/// <summary>A rule as a file has it: what the API tells, with the names of sinks instead of their numbers, and nothing that says nothing.</summary>
internal static class FiledRule
{
    /// <param name="rule">As it is.</param>
    /// <param name="names">Of the tenant's sinks, by number.</param>
    public static JsonNode Write(SeenRule rule, IReadOnlyDictionary<int, string> names)
    {
        var written = JsonSerializer.SerializeToNode(rule, RuleJson.Default.SeenRule)!.AsObject();
        written.Remove("id");
        if (rule.Enabled)
        {
            written.Remove("enabled");
        }

        if (rule.QuietHours is null)
        {
            written.Remove("quiet_hours");
        }

        var match = written["match"]!.AsObject();
        foreach (var empty in match.Where(field => field.Value!.AsArray().Count == 0).ToList())
        {
            match.Remove(empty.Key);
        }

        if (match.Count == 0)
        {
            written.Remove("match");
        }

        foreach (var (step, index) in rule.Steps.Select((step, index) => (step, index)))
        {
            JsonNode?[] sinks = [.. step.Sinks.Select(sink => (JsonNode)names[sink])];
            written["steps"]![index]!["sinks"] = new JsonArray(sinks);
        }

        return written;
    }

    /// <summary>What two rules say, field by field.</summary>
    public static IEnumerable<(string Field, string One, string Other)> Pairs(SeenRule one, SeenRule other)
    {
        var (left, right) = (Fields(one), Fields(other));
        return left.Where(field => field.Key is not ("id" or "name"))
            .Select(field => (field.Key, Text(field.Value), Text(right[field.Key])));
    }

    private static JsonObject Fields(SeenRule rule) =>
        JsonSerializer.SerializeToNode(rule, RuleJson.Default.SeenRule)!.AsObject();

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
