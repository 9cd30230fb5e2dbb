using System.Data;
using System.Globalization;
using AliveMcp.Host.Embedded;
using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>
/// Writes a dump and its manifest. 1. A transaction takes a snapshot and holds every table. 2. <c>pg_dump</c> reads that very snapshot.
/// 3. The same transaction counts and hashes. 4. Both files get their names when both are whole.
/// </summary>
internal sealed class BackupTaker(NpgsqlConnectionStringBuilder server, TimeProvider clock, TextWriter output)
{
    /// <param name="file">Where the dump goes; the manifest goes beside it.</param>
    /// <param name="folders">Where to look for <c>pg_dump</c>.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing behind.</param>
    /// <exception cref="BackupException">It cannot be done; the message says why.</exception>
    public async Task<BackupManifest> RunAsync(
        string file,
        IEnumerable<string> folders,
        CancellationToken cancellationToken
    )
    {
        RefuseTaken(file);
        await using var connection = await OpenAsync(cancellationToken);
        var facts = await ServerFacts.ReadAsync(connection, cancellationToken);
        facts.RequireAllRows();
        var tools = await PostgresTools.FindAsync(facts.Major, folders, cancellationToken);
        var part = file + ".part";
        try
        {
            var started = clock.GetTimestamp();
            await TableSums.PrepareAsync(connection, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(
                IsolationLevel.RepeatableRead,
                cancellationToken
            );
            var takenAt = clock.GetUtcNow();
            var (snapshot, tables) = await HoldAsync(connection, cancellationToken);
            await DumpAsync(tools, snapshot, part, cancellationToken);
            var dumped = clock.GetElapsedTime(started);
            var sums = await SumsAsync(connection, tables, cancellationToken);
            var manifest = await ManifestAsync(part, takenAt, facts.Major, sums, cancellationToken);
            await TellAsync(manifest, dumped, clock.GetElapsedTime(started) - dumped);
            await NameAsync(manifest, part, file, cancellationToken);
            return manifest;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>A manifest without its dump would stand in the way of the next backup of that name.</summary>
    private static async Task NameAsync(
        BackupManifest manifest,
        string part,
        string file,
        CancellationToken cancellationToken
    )
    {
        var path = BackupManifest.PathOf(file);
        try
        {
            await manifest.WriteAsync(path, cancellationToken);
            File.Move(part, file, overwrite: false);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static void RefuseTaken(string file)
    {
        if (File.Exists(file) || File.Exists(BackupManifest.PathOf(file)))
        {
            throw new BackupException($"{file} is there already; a backup never overwrites another one.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw new BackupException($"There is no folder {Path.GetDirectoryName(file)}.");
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var single = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        var connection = new NpgsqlConnection(single.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Held, so that no partition is dropped between our snapshot and our reading it.</summary>
    private static async Task<(string Snapshot, IReadOnlyList<(string Table, string Order)> Tables)> HoldAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var tables = await TableSums.ListAsync(connection, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            (
                tables.Count == 0
                    ? ""
                    : $"LOCK TABLE {string.Join(", ", tables.Select(one => "ONLY " + one.Table))} IN ACCESS SHARE MODE; "
            ) + "SELECT pg_export_snapshot()";
        return ((string)(await command.ExecuteScalarAsync(cancellationToken))!, tables);
    }

    private Task DumpAsync(PostgresTools tools, string snapshot, string part, CancellationToken cancellationToken)
    {
        // Only its owner may read what every tenant ever had.
        PrivateFiles.Open(part, FileMode.Create).Dispose();
        return tools.RunAsync(
            "pg_dump",
            server,
            ["--format=custom", "--compress=3", $"--snapshot={snapshot}", $"--file={part}"],
            cancellationToken
        );
    }

    private static async Task<IReadOnlyList<TableSum>> SumsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(string Table, string Order)> tables,
        CancellationToken cancellationToken
    )
    {
        var sums = new List<TableSum>(tables.Count);
        foreach (var table in tables)
        {
            sums.Add(await TableSums.OfAsync(connection, table, cancellationToken));
        }

        return sums;
    }

    private static async Task<BackupManifest> ManifestAsync(
        string part,
        DateTimeOffset takenAt,
        int major,
        IReadOnlyList<TableSum> sums,
        CancellationToken cancellationToken
    ) =>
        new()
        {
            Version = 1,
            TakenAt = takenAt,
            ServerMajor = major,
            Bytes = new FileInfo(part).Length,
            Sha256 = await BackupFile.HashAsync(part, cancellationToken),
            Tables = sums,
        };

    private async Task TellAsync(BackupManifest manifest, TimeSpan dumped, TimeSpan summed)
    {
        var rows = manifest.Tables.Sum(table => table.Rows);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{manifest.Tables.Count} tables, {rows} rows, {manifest.Bytes} bytes; dump {dumped.TotalSeconds:0.0} s, counting and hashing {summed.TotalSeconds:0.0} s"
            )
        );
    }
}
