using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.Host.Embedded;
using AliveMcp.Host.Embedded.Children;
using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary><c>pg_dump</c> and <c>pg_restore</c>, of the server's major version or a later one: an older one cannot read the server.</summary>
internal sealed partial class PostgresTools
{
    private readonly string _folder;

    private PostgresTools(string folder) => _folder = folder;

    /// <param name="serverMajor">The server's major version, for example 15.</param>
    /// <param name="folders">Where to look, the best first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">None fits; the message names what was found and the command that installs them.</exception>
    public static async Task<PostgresTools> FindAsync(
        int serverMajor,
        IEnumerable<string> folders,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(string Folder, int Major)>();
        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(folder, "pg_dump")) && File.Exists(Path.Combine(folder, "pg_restore")))
            {
                found.Add((folder, await MajorAsync(Path.Combine(folder, "pg_dump"), cancellationToken)));
            }
        }

        var fitting = found.Where(one => one.Major >= serverMajor).OrderBy(one => one.Major).FirstOrDefault();
        if (fitting.Folder is { } fits)
        {
            return new PostgresTools(fits);
        }

        var seen =
            found.Count == 0
                ? "none was found"
                : "found " + string.Join(", ", found.Select(one => $"{one.Major} in {one.Folder}"));
        throw new BackupException(
            $"pg_dump and pg_restore of PostgreSQL {serverMajor} or later are needed, for that is the server's version; {seen}. "
                + $"Install them: apt-get install -y postgresql-client-{serverMajor}. Or set PG_BIN to their folder."
        );
    }

    /// <summary>Where they usually are: <c>PG_BIN</c>, the versions under /usr/lib/postgresql, then PATH.</summary>
    public static IEnumerable<string> UsualFolders() => PostgresPrograms.Folders();

    /// <summary>Runs one of them.</summary>
    /// <param name="program"><c>pg_dump</c> or <c>pg_restore</c>.</param>
    /// <param name="where">The database. Its password goes by the environment, where other users cannot read it.</param>
    /// <param name="arguments">Besides where.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupException">It failed; the message carries what it said.</exception>
    public async Task RunAsync(
        string program,
        NpgsqlConnectionStringBuilder where,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        using var said = new ChildLog(null);
        var order = new ChildOrder
        {
            Name = program,
            Command =
            [
                Path.Combine(_folder, program),
                "--no-password",
                $"--host={where.Host}",
                string.Create(CultureInfo.InvariantCulture, $"--port={where.Port}"),
                $"--username={where.Username}",
                $"--dbname={where.Database}",
                .. arguments,
            ],
            Environment = LibpqWords.Of(where),
        };
        using var child = await Child.StartAsync(order, said);
        try
        {
            await child.Exited.WaitAsync(cancellationToken);
        }
        finally
        {
            await child.StopAsync(TimeProvider.System);
        }

        if (child.ExitCode != 0)
        {
            throw new BackupException($"{program} ended with code {child.ExitCode}. It said: {said.Tail()}");
        }
    }

    private static async Task<int> MajorAsync(string program, CancellationToken cancellationToken)
    {
        using var said = new ChildLog(null);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var order = new ChildOrder
        {
            Name = "pg_dump",
            Command = [program, "--version"],
            Heard = line => heard.TrySetResult(line),
        };
        using var child = await Child.StartAsync(order, said);
        try
        {
            await child.Exited.WaitAsync(cancellationToken);
            var line = await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken);
            return int.Parse(
                Version().Match(line).Groups["major"].ValueSpan,
                NumberStyles.None,
                CultureInfo.InvariantCulture
            );
        }
        catch (Exception fault) when (fault is FormatException or TimeoutException)
        {
            return 0;
        }
        finally
        {
            await child.StopAsync(TimeProvider.System);
        }
    }

    [GeneratedRegex(@"(?<major>[0-9]+)(?:\.|[a-z]|\s|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
