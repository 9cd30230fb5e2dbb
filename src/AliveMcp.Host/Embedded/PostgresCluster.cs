using AliveMcp.Host.Embedded.Children;

namespace AliveMcp.Host.Embedded;

/// <summary>The folder of a private Postgres: <c>data/</c>, <c>password</c>, <c>port</c>.</summary>
internal sealed class PostgresCluster(string folder)
{
    private PostgresPrograms? _programs;
    private PostgresIdentity? _identity;

    public string Data { get; } = Path.Combine(folder, "data");

    public string PortFile { get; } = Path.Combine(folder, "port");

    /// <summary>Written by the server itself; its first line is its process id.</summary>
    public string ServerPidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Of the superuser <c>postgres</c>; kept mode 0600.</summary>
    public string Password => PrivateFiles.Secret(PasswordFile);

    public PostgresPrograms Programs => _programs ?? throw new InvalidOperationException("Make the cluster first.");

    public PostgresIdentity Identity => _identity ?? throw new InvalidOperationException("Make the cluster first.");

    private string PasswordFile { get; } = Path.Combine(folder, "password");

    /// <summary>Finds the programs and the identity, and runs <c>initdb</c> when there is no cluster yet.</summary>
    public async Task MakeAsync(bool safeWrites, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var madeBy = Path.Combine(Data, "PG_VERSION");
        _programs = PostgresPrograms.Find(
            File.Exists(madeBy) ? (await File.ReadAllTextAsync(madeBy, cancellationToken)).Trim() : null
        );
        _identity = await PostgresIdentity.ChooseAsync(folder, cancellationToken);
        _ = Password;
        await _identity.TakeAsync(folder, cancellationToken);
        if (!File.Exists(madeBy))
        {
            await InitialiseAsync(safeWrites, cancellationToken);
        }
    }

    /// <summary>Beside its place and then moved there: a start that is killed half-way leaves no half a cluster.</summary>
    private async Task InitialiseAsync(bool safeWrites, CancellationToken cancellationToken)
    {
        var draft = Data + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        string[] settings =
        [
            "-D",
            draft,
            "--username=postgres",
            "--auth=scram-sha-256",
            $"--pwfile={PasswordFile}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ];
        await ShortCommand.RunAsync(
            [.. Identity.Prefix, Programs.InitDb, .. settings, .. safeWrites ? (string[])[] : ["--no-sync"]],
            cancellationToken
        );
        Directory.Move(draft, Data);
    }
}
