using AliveMcp.Journey.Tests.Install;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>An archiver dies with rows in its hands.</summary>
public sealed class KilledArchiverTests
{
    [Fact]
    public async Task An_archiver_killed_between_read_and_commit_loses_nothing_and_doubles_nothing()
    {
        await using var install = await TestInstall.CreateAsync("eu-west");
        var host = await install.StartAsync("web,scheduler,collector");
        var puppet = install.Puppet("eu-west", host);
        await puppet.AskAsync();
        await install.WatchAsync("kept", new Uri("http://mcp.example.test/mcp"));
        var ticket = await puppet.LeaseAsync();
        await puppet.SayAsync(ticket, ServerState.Live);

        // The table is locked: the archiver has read the log and stands before its insert when it dies.
        await using (var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("LOCK TABLE archive.verdict_minute IN SHARE MODE", transaction: transaction);
            var archiver = await install.StartAsync("archiver");
            await BlockedWriter.AppearsAsync(install);
            await archiver.KillAsync();
        }

        Assert.Empty(await ArchivedMinutes.ReadAsync(install));
        await install.StartAsync("archiver");
        var archived = await ArchivedMinutes.WaitAsync(install, count: 1);

        Assert.Equal([ticket.Minute.Value], archived.Select(row => row.Minute));
    }
}
