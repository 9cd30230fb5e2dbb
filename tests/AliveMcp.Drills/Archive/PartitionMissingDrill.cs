using System.Globalization;
using AliveMcp.Drills.Install;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Archive;

/// <summary>Partitions are dropped that the archiver believes to stand (tomorrow's, as if midnight came), and minutes come of a day that never had one: it makes them and goes on.</summary>
internal static class PartitionMissingDrill
{
    private const int Servers = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync();
        var ledger = new SealedLedger(install.Storage);
        var (archiver, _) = await install.StartHostAsync("archiver");
        var now = MinuteStamp.Of(TimeProvider.System.GetUtcNow());
        var midnight = new MinuteStamp(((now.Value / 1440) + 1) * 1440);
        await ledger.SealAsync(Servers, now + -2);
        await ledger.ArriveAsync(Patience);
        var standing = await HasPartitionAsync(install, midnight);
        var slowest = TimeSpan.Zero;

        await DropAsync(install, midnight);
        slowest = Longer(slowest, await SealAndWaitAsync(ledger, midnight));
        await DropAsync(install, midnight);
        ledger.Forget(midnight);
        slowest = Longer(slowest, await SealAndWaitAsync(ledger, midnight + 1));
        slowest = Longer(slowest, await SealAndWaitAsync(ledger, SealedLedger.LongAgo()));
        var account = await ledger.AccountAsync();

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"tomorrow's partition {(standing ? "stood ahead" : "was not there")}; dropped twice, and one that never was: {account}; the slowest minute of {Servers} servers took {slowest.TotalSeconds:0.0} s"
            )
        );
        var met = account.IsWhole && standing && !archiver.HasExited;
        output.WriteLine(
            $"partition-missing {account.Missing} lost, {account.Doubled} twice; goal 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }

    private static async Task<TimeSpan> SealAndWaitAsync(SealedLedger ledger, MinuteStamp minute)
    {
        var began = TimeProvider.System.GetTimestamp();
        await ledger.SealAsync(Servers, minute);
        await ledger.ArriveAsync(Patience);
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static async Task<bool> HasPartitionAsync(DrillInstall install, MinuteStamp minute)
    {
        await using var connection = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        return await connection.ExecuteScalarAsync<bool>(
            "SELECT to_regclass('archive.verdict_minute_d' || @day) IS NOT NULL",
            new { day = minute.Value / 1440 }
        );
    }

    private static async Task DropAsync(DrillInstall install, MinuteStamp minute)
    {
        await using var connection = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        var day = (minute.Value / 1440).ToString(CultureInfo.InvariantCulture);
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS archive.verdict_minute_d{day}");
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
