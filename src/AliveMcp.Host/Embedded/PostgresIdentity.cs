using AliveMcp.Host.Embedded.Children;

namespace AliveMcp.Host.Embedded;

/// <summary>
/// As whom Postgres runs. It refuses to run as root: then the user <c>postgres</c> is taken when it can reach the folder, else a user
/// namespace in which we are not root (works under folders that only root may enter).
/// </summary>
internal sealed record PostgresIdentity(IReadOnlyList<string> Prefix, string? Owner)
{
    private static readonly PostgresIdentity Ourselves = new([], null);
    private static readonly PostgresIdentity UserPostgres = new(
        ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--"],
        "postgres:postgres"
    );
    private static readonly PostgresIdentity Namespace = new(["unshare", "--user", "--"], "root:root");

    /// <exception cref="ChildFailedException">We are root and neither way is open.</exception>
    public static async Task<PostgresIdentity> ChooseAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Ourselves;
        }

        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        if (await ShortCommand.SucceedsAsync([.. UserPostgres.Prefix, "test", "-x", parent], cancellationToken))
        {
            return UserPostgres;
        }

        return await ShortCommand.SucceedsAsync([.. Namespace.Prefix, "true"], cancellationToken)
            ? Namespace
            : throw new ChildFailedException(
                $"Postgres refuses to run as root, the user postgres cannot reach {parent}, and user namespaces are not allowed here. "
                    + "Set ALIVEMCP_HOME to a folder that everyone may enter, or run as another user."
            );
    }

    /// <summary>Gives it the folder with everything in it, which an earlier start may have left to another identity.</summary>
    public async Task TakeAsync(string folder, CancellationToken cancellationToken)
    {
        if (Owner is { } owner)
        {
            await ShortCommand.RunAsync(["chown", "-R", owner, folder], cancellationToken);
        }
    }
}
