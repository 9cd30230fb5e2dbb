using AliveMcp.Hosting.Start;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host;

/// <summary>What this process does: key <c>Roles</c>, words with commas between; <c>all</c> (the default) is every role.</summary>
internal sealed record HostRoles(bool Web, bool Scheduler, bool Collector, bool Archiver, bool Alerter)
{
    private static readonly string[] Words = ["web", "scheduler", "collector", "archiver", "alerter"];

    /// <summary>The words of the roles that this process has.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. new[] { Web, Scheduler, Collector, Archiver, Alerter }
                .Zip(Words)
                .Where(role => role.First)
                .Select(role => role.Second),
        ];

    /// <summary>This process gives public reads and nothing else: it serves while a store is away.</summary>
    public bool IsWebAlone => Web && !Scheduler && !Collector && !Archiver && !Alerter;

    /// <exception cref="StartRefusedException">A word is no role.</exception>
    public static HostRoles Read(IConfiguration configuration)
    {
        var text = configuration["Roles"] ?? "all";
        var chosen = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrong = chosen.Except([.. Words, "all"], StringComparer.Ordinal).ToList();
        if (wrong.Count > 0 || chosen.Length == 0)
        {
            throw new StartRefusedException([
                new Problem(
                    "setting_invalid",
                    $"Roles is '{text}': write {string.Join(", ", Words)} with commas between, or all; for example web,archiver.",
                    "Roles"
                ),
            ]);
        }

        bool Has(string word) =>
            chosen.Contains(word, StringComparer.Ordinal) || chosen.Contains("all", StringComparer.Ordinal);
        return new HostRoles(Has("web"), Has("scheduler"), Has("collector"), Has("archiver"), Has("alerter"));
    }
}
