using System.Diagnostics;
using AliveMcp.Host.Embedded;
using AliveMcp.Host.Embedded.Children;
using Npgsql;

namespace AliveMcp.Host.Tests.Embedded;

public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task What_was_written_is_there_after_a_kill_and_after_a_second_start()
    {
        using var folder = new TemporaryFolder();
        var options = new EmbeddedPostgresOptions { Folder = folder["postgres"], PidFile = folder["run/postgres.pid"] };
        await using (var first = await EmbeddedPostgres.StartAsync(options, TestContext.Current.CancellationToken))
        {
            await ExecuteAsync(first, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('before')");
            var pid = first.ProcessId;

            Process.GetProcessById(pid).Kill();

            Assert.Equal("before", await Patience.UntilAsync(() => ExecuteAsync(first, "SELECT word FROM kept")));
            Assert.NotEqual(pid, first.ProcessId);
            Assert.True(Leftover.TryReadPid(folder["run/postgres.pid"], out var written));
            Assert.Equal(first.ProcessId, written);
        }

        Assert.False(File.Exists(folder["run/postgres.pid"]));
        await using var second = await EmbeddedPostgres.StartAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal("before", await ExecuteAsync(second, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task The_user_postgres_runs_it_where_that_user_can_reach_the_folder()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        var options = new EmbeddedPostgresOptions { Folder = folder["postgres"], SafeWrites = false };

        await using var server = await EmbeddedPostgres.StartAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal("1", await ExecuteAsync(server, "SELECT '1'"));
        var mode = File.GetUnixFileMode(folder["postgres/password"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_the_server_s_own_words()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TakenPort();
        var options = new EmbeddedPostgresOptions
        {
            Folder = folder["postgres"],
            Port = taken.Port,
            SafeWrites = false,
        };

        var failure = await Assert.ThrowsAsync<ChildFailedException>(() =>
            EmbeddedPostgres.StartAsync(options, TestContext.Current.CancellationToken)
        );

        Assert.Contains("Address already in use", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string?> ExecuteAsync(EmbeddedPostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
