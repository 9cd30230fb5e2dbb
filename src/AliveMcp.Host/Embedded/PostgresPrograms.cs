using System.Globalization;
using AliveMcp.Host.Embedded.Children;

namespace AliveMcp.Host.Embedded;

/// <summary>Where <c>initdb</c> and <c>postgres</c> are: <c>PG_BIN</c>, the newest under /usr/lib/postgresql, then PATH.</summary>
internal sealed class PostgresPrograms(string folder)
{
    public string InitDb { get; } = Path.Combine(folder, "initdb");

    public string Server { get; } = Path.Combine(folder, "postgres");

    /// <param name="major">The version that made an existing cluster, for example <c>15</c>; null takes the newest.</param>
    /// <exception cref="ChildFailedException">None found; the message names the command that installs it.</exception>
    public static PostgresPrograms Find(string? major)
    {
        var found = Folders().Where(HoldsBoth).ToList();
        if (found.Count == 0)
        {
            throw new ChildFailedException(
                "PostgreSQL's programs (initdb, postgres) were not found. Install them: apt-get install -y postgresql. "
                    + "Or set PG_BIN to their folder, or ConnectionStrings__Postgres to a server that runs already."
            );
        }

        // Another folder than Debian's does not tell its version by name; then the server itself will say when it does not fit.
        var fitting = found.Find(candidate =>
            major is null || VersionOf(candidate) is not { } version || version == major
        );
        return fitting is null
            ? throw new ChildFailedException(
                $"The data was made by PostgreSQL {major}, which is not installed (found: {string.Join(", ", found)}). "
                    + $"Install it: apt-get install -y postgresql-{major}."
            )
            : new PostgresPrograms(fitting);
    }

    /// <summary>Where programs of Postgres may be, the best first.</summary>
    public static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } chosen)
        {
            yield return chosen;
            yield break;
        }

        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            var versions = Directory
                .GetDirectories(debian)
                .OrderByDescending(version =>
                    int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0
                );
            foreach (var version in versions)
            {
                yield return Path.Combine(version, "bin");
            }
        }

        foreach (
            var entry in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                ':',
                StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            yield return entry;
        }
    }

    private static bool HoldsBoth(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static string? VersionOf(string bin)
    {
        var name = Path.GetFileName(Path.GetDirectoryName(bin));
        return int.TryParse(name, CultureInfo.InvariantCulture, out _) ? name : null;
    }
}
