using System.Globalization;
using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>
/// Proves a backup: 1. the dump is the one of its manifest; 2. it is restored into a database made for it; 3. every table there is counted
/// and hashed and held against the manifest; 4. what was erased since is erased there too; 5. the database is dropped.
/// </summary>
internal sealed class RestoreCheck(NpgsqlConnectionStringBuilder server, TimeProvider clock, TextWriter output)
{
    /// <param name="file">The dump; its manifest lies beside it.</param>
    /// <param name="folders">Where to look for <c>pg_restore</c>.</param>
    /// <param name="damage">Called with a session in the copy before it is looked at; null outside of tests.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing behind.</param>
    /// <returns>Whether everything came back.</returns>
    /// <exception cref="BackupException">It cannot be checked; the message says why.</exception>
    public async Task<bool> RunAsync(
        string file,
        IEnumerable<string> folders,
        Func<NpgsqlConnection, Task>? damage,
        CancellationToken cancellationToken
    )
    {
        var manifest = await BackupManifest.ReadAsync(file, cancellationToken);
        await BackupFile.RequireAsync(file, manifest, cancellationToken);
        var tools = await ToolsAsync(manifest, folders, cancellationToken);
        await using var copy = await CopyDatabase.MakeAsync(server, cancellationToken);
        var started = clock.GetTimestamp();
        await copy.RestoreAsync(tools, file, cancellationToken);
        var restored = clock.GetElapsedTime(started);

        await using var connection = await copy.OpenAsync(cancellationToken);
        if (damage is not null)
        {
            await damage(connection);
        }

        await TableSums.PrepareAsync(connection, cancellationToken);
        var found = await TableSums.OfAllAsync(connection, cancellationToken);
        var comparison = SumComparison.Of(manifest.Tables, found);
        await TellAsync(comparison, manifest, restored, clock.GetElapsedTime(started) - restored);
        // Of a copy that lacks tables nothing can be erased, and nothing needs to be.
        var stones = comparison.IsSame
            ? await TombstoneReplay.RunAsync(server, copy.Place, cancellationToken)
            : new TombstoneReplay(0, 0);
        await output.WriteLineAsync(stones.Sentence);
        await output.WriteLineAsync($"restore-check {Path.GetFileName(file)} {Word(comparison, stones)}");
        return comparison.IsSame && stones.LeftRows == 0;
    }

    private async Task<PostgresTools> ToolsAsync(
        BackupManifest manifest,
        IEnumerable<string> folders,
        CancellationToken cancellationToken
    )
    {
        var single = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(single.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var facts = await ServerFacts.ReadAsync(connection, cancellationToken);
        facts.RequireAllRows();
        return facts.Major < manifest.ServerMajor
            ? throw new BackupException(
                $"The backup is of PostgreSQL {manifest.ServerMajor} and this server is {facts.Major}: restore into {manifest.ServerMajor} or later."
            )
            : await PostgresTools.FindAsync(facts.Major, folders, cancellationToken);
    }

    private async Task TellAsync(SumComparison comparison, BackupManifest manifest, TimeSpan restored, TimeSpan summed)
    {
        foreach (var line in comparison.ToLines())
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"taken {manifest.TakenAt:yyyy-MM-dd HH:mm:ss}Z, {manifest.Bytes} bytes; restore {restored.TotalSeconds:0.0} s, counting and hashing {summed.TotalSeconds:0.0} s"
            )
        );
    }

    private static string Word(SumComparison comparison, TombstoneReplay stones)
    {
        var bad = comparison
            .Lines.Where(line => line.Verdict != "ok")
            .Select(line => $"{line.Table} {line.Verdict}")
            .ToList();
        if (stones.LeftRows > 0)
        {
            bad.Add($"{stones.LeftRows} rows of what was erased");
        }

        return bad.Count == 0 ? "ok" : $"differs: {string.Join(", ", bad)}";
    }
}
