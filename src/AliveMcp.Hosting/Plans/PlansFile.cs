using AliveMcp.Hosting.Start;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AliveMcp.Hosting.Plans;

/// <summary>Reads <c>deploy/plans.yaml</c>, the only place that knows the figures of the plans; the build puts it beside the program.</summary>
public static class PlansFile
{
    /// <summary>Where the build puts it.</summary>
    public static string DefaultPath { get; } = Path.Combine(AppContext.BaseDirectory, "plans.yaml");

    /// <exception cref="StartRefusedException">It is missing or wrong; every fault at once.</exception>
    public static PlanTable Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new StartRefusedException([new Problem("plans_missing", $"The file of plans is missing: {path}.")]);
        }

        return Parse(File.ReadAllText(path));
    }

    /// <exception cref="StartRefusedException">It is wrong; every fault at once.</exception>
    public static PlanTable Parse(string text)
    {
        Dictionary<string, PlanText>? plans;
        try
        {
            plans = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .Build()
                .Deserialize<Dictionary<string, PlanText>?>(text);
        }
        catch (YamlException fault)
        {
            throw new StartRefusedException([
                new Problem(
                    "plans_invalid",
                    $"plans.yaml, line {fault.Start.Line}: {fault.InnerException?.Message ?? fault.Message}"
                ),
            ]);
        }

        var problems = new List<Problem>();
        var read = (plans ?? []).Select(plan => plan.Value.ToPlan(plan.Key, problems)).ToList();
        if (read.Count == 0)
        {
            problems.Add(new Problem("plans_invalid", "plans.yaml names no plan."));
        }

        return problems.Count > 0 ? throw new StartRefusedException(problems) : new PlanTable(read);
    }
}
