using AliveMcp.Host.Ops.Backup;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Host.Tests.Ops;

/// <summary>Backups of a real database, restored by the real programs.</summary>
public sealed class BackupTests(TestStorage storage) : IClassFixture<TestStorage>, IAsyncLifetime
{
    private static readonly MinuteStamp Minute = MinuteStamp.Of(new DateOnly(2026, 11, 20));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-backup-");
    private readonly StringWriter _said = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Dump => Path.Combine(_folder.FullName, "install.dump");

    public async ValueTask InitializeAsync()
    {
        var rows = new ArchivedRows(storage.Doors);
        await ExecuteAsync("DELETE FROM archive.verdict_minute");
        for (var i = 0; i < 20; i++)
        {
            await rows.KeepAsync(Verdicts.Live(Verdicts.Local(7), Minute + i));
            await rows.KeepAsync(Verdicts.Down(Verdicts.Local(8), Minute + i));
        }
    }

    public ValueTask DisposeAsync()
    {
        _said.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_backup_that_comes_back_whole_is_ok()
    {
        var manifest = await TakeAsync();

        Assert.Contains(manifest.Tables, table => table is { Table: "history.migration", Rows: > 10 });
        Assert.Contains(manifest.Tables, table => table.Table == "archive.verdict_minute_d20777" && table.Rows == 40);
        Assert.True(await CheckAsync());
        Assert.EndsWith("restore-check install.dump ok", Last, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Dump));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task What_was_written_after_the_snapshot_is_not_missed()
    {
        await TakeAsync();
        await new ArchivedRows(storage.Doors).KeepAsync(Verdicts.Live(Verdicts.Local(9), Minute));

        Assert.True(await CheckAsync());
    }

    [Theory]
    [InlineData(
        "UPDATE archive.verdict_minute SET latency_ms = 21 WHERE server_id = 7 AND minute % 60 = 5",
        "archive.verdict_minute_d20777 content differs"
    )]
    [InlineData(
        "DELETE FROM archive.verdict_minute WHERE server_id = 7 AND minute % 60 = 5",
        "archive.verdict_minute_d20777 rows differ"
    )]
    [InlineData("DROP TABLE servers.event", "servers.event missing")]
    [InlineData("CREATE TABLE servers.extra (a integer)", "servers.extra not in the backup")]
    [InlineData(
        "UPDATE history.migration SET checksum = decode('00', 'hex') WHERE number = 3",
        "history.migration content differs"
    )]
    public async Task A_damaged_copy_differs_and_the_table_is_named(string damage, string told)
    {
        await TakeAsync();

        Assert.False(await CheckAsync(copy => copy.ExecuteAsync(damage)));

        Assert.EndsWith($"restore-check install.dump differs: {told}", Last, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_dump_that_was_cut_short_is_refused_before_anything_is_restored()
    {
        await TakeAsync();
        await using (var stream = File.OpenWrite(Dump))
        {
            stream.SetLength(stream.Length / 2);
        }

        var refused = await Assert.ThrowsAsync<BackupException>(() => CheckAsync());

        Assert.Contains("it was cut short or replaced", refused.Message, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_dump_that_cannot_be_restored_says_what_pg_restore_said_and_leaves_nothing()
    {
        var manifest = await TakeAsync();
        var half = (await File.ReadAllBytesAsync(Dump, Cancelled)).AsSpan(0, (int)(manifest.Bytes / 2)).ToArray();
        await File.WriteAllBytesAsync(Dump, half, Cancelled);
        var fitting = manifest with { Bytes = half.Length, Sha256 = await BackupFile.HashAsync(Dump, Cancelled) };
        await fitting.WriteAsync(BackupManifest.PathOf(Dump), Cancelled);

        var refused = await Assert.ThrowsAsync<BackupException>(() => CheckAsync());

        Assert.Contains("pg_restore ended with code 1", refused.Message, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_dump_without_its_manifest_is_refused()
    {
        await TakeAsync();
        File.Delete(BackupManifest.PathOf(Dump));

        var refused = await Assert.ThrowsAsync<BackupException>(() => CheckAsync());

        Assert.Contains("keep the two together", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_row_security_binds_is_refused()
    {
        var taker = new BackupTaker(storage.Options.App, TimeProvider.System, _said);

        var refused = await Assert.ThrowsAsync<BackupException>(() =>
            taker.RunAsync(Dump, PostgresTools.UsualFolders(), Cancelled)
        );

        Assert.Contains("The role alivemcp_app is bound by row security", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_role_that_may_not_make_databases_is_refused()
    {
        await TakeAsync();
        var check = new RestoreCheck(storage.Options.Worker, TimeProvider.System, _said);

        var refused = await Assert.ThrowsAsync<BackupException>(() =>
            check.RunAsync(Dump, PostgresTools.UsualFolders(), null, Cancelled)
        );

        Assert.Contains("may not make a database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_that_are_missing_or_too_old_are_named_with_the_command_that_installs_them()
    {
        var missing = await Assert.ThrowsAsync<BackupException>(() =>
            PostgresTools.FindAsync(15, [_folder.FullName], Cancelled)
        );
        Assert.Contains("none was found", missing.Message, StringComparison.Ordinal);

        var old = await Assert.ThrowsAsync<BackupException>(() =>
            PostgresTools.FindAsync(99, PostgresTools.UsualFolders(), Cancelled)
        );
        Assert.Contains("apt-get install -y postgresql-client-99", old.Message, StringComparison.Ordinal);
        Assert.Contains("found 15 in ", old.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_overwrites_nothing()
    {
        await TakeAsync();

        await Assert.ThrowsAsync<BackupException>(TakeAsync);
    }

    [Fact]
    public async Task What_was_erased_after_the_backup_is_erased_in_the_copy()
    {
        await TakeAsync();
        await ExecuteAsync("SELECT erasure.bury(2, 7); SELECT erasure.erase_server(2, 7)");
        try
        {
            Assert.True(await CheckAsync());
            Assert.Contains(
                "1 erasures replayed, 0 rows of what was erased left",
                _said.ToString(),
                StringComparison.Ordinal
            );
        }
        finally
        {
            await ForgetStonesAsync();
        }
    }

    [Fact]
    public async Task A_tenant_that_was_erased_after_the_backup_is_erased_in_the_copy_with_all_that_was_its()
    {
        int tenant;
        await using (var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled))
        {
            tenant = await connection.ExecuteScalarAsync<int>("SELECT tenant FROM erasure.plant()");
        }

        await TakeAsync();
        await ExecuteAsync($"SELECT erasure.bury_tenant({tenant}, 'its owner'); SELECT erasure.erase_tenant({tenant})");
        try
        {
            Assert.True(await CheckAsync());
            Assert.Contains(
                "2 erasures replayed, 0 rows of what was erased left",
                _said.ToString(),
                StringComparison.Ordinal
            );
        }
        finally
        {
            await ForgetStonesAsync();
        }
    }

    private string Last => _said.ToString().TrimEnd().Split('\n')[^1];

    private Task<BackupManifest> TakeAsync() =>
        new BackupTaker(storage.Options.Bootstrap, TimeProvider.System, _said).RunAsync(
            Dump,
            PostgresTools.UsualFolders(),
            Cancelled
        );

    private Task<bool> CheckAsync(Func<NpgsqlConnection, Task>? damage = null) =>
        new RestoreCheck(storage.Options.Bootstrap, TimeProvider.System, _said).RunAsync(
            Dump,
            PostgresTools.UsualFolders(),
            damage,
            Cancelled
        );

    /// <summary>No database of a check, and nothing that a dump was written into.</summary>
    private async Task NothingIsLeftAsync()
    {
        await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var left = await connection.ExecuteScalarAsync<int>(
            "SELECT count(*)::integer FROM pg_database WHERE datname LIKE 'alivemcp\\_restore\\_check%'"
        );
        Assert.Equal(0, left);
        Assert.Empty(_folder.GetFiles("*.part"));
    }

    private Task ForgetStonesAsync() =>
        ExecuteAsync("DELETE FROM erasure.tombstone; DELETE FROM erasure.tenant_tombstone");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(sql);
    }
}
