using System.Globalization;
using AliveMcp.Drills.Install;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Archive;

/// <summary>
/// Postgres is out of reach, first in silence (the line is cut), then killed with kill -9 and started again; minutes are sealed all the
/// while. They wait in Redis and arrive; the archiver says that it is behind.
/// </summary>
internal static class PostgresAwayDrill
{
    private const int Servers = 300;
    private static readonly TimeSpan SealEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(TimeSpan away, TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync();
        var postgres = install.Storage.Options.Bootstrap;
        using var line = new DeskLine(postgres.Port);
        var through = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Port = line.Url.Port };
        var ledger = new SealedLedger(install.Storage);
        var (archiver, url) = await install.StartHostAsync(
            "archiver",
            settings: ("ConnectionStrings__Postgres", through.ConnectionString)
        );
        var minute = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) + -120;
        await ledger.SealAsync(Servers, minute);
        minute += 1;
        await ledger.ArriveAsync(Patience);

        line.Cut();
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < away)
        {
            await ledger.SealAsync(Servers, minute);
            minute += 1;
            await Task.Delay(SealEvery, TimeProvider.System);
        }

        var during = await ledger.AccountAsync();
        var said = await Readiness.OfAsync(url);
        var back = TimeProvider.System.GetTimestamp();
        await KillPostgresAsync(postgres);
        line.Mend();
        await ledger.ArriveAsync(Patience);
        var caughtUp = TimeProvider.System.GetElapsedTime(back);
        var account = await ledger.AccountAsync();
        output.WriteLine($"after {away.TotalSeconds:0} s without Postgres: {during}; readiness {said}");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{caughtUp.TotalSeconds:0.0} s after it was back, killed once more: {account}"
            )
        );
        var wasTold = archiver.Output.Contains("Archiver loop drain failed", StringComparison.Ordinal) && !said.IsReady;
        var met = account.IsWhole && during.Missing > 0 && wasTold && !archiver.HasExited;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"postgres-away {away.TotalSeconds:0} s, {account.Missing} lost, {account.Doubled} twice, caught up in {caughtUp.TotalSeconds:0} s; goal 0, 0 {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    /// <summary>kill -9 of its first process; the install starts it again, and it recovers.</summary>
    private static async Task KillPostgresAsync(NpgsqlConnectionStringBuilder postgres)
    {
        string folder;
        await using (var connection = new NpgsqlConnection(postgres.ConnectionString))
        {
            folder = (await connection.ExecuteScalarAsync<string>("SHOW data_directory"))!;
        }

        var first = File.ReadLines(Path.Combine(folder, "postmaster.pid")).First();
        using (var server = System.Diagnostics.Process.GetProcessById(int.Parse(first, CultureInfo.InvariantCulture)))
        {
            server.Kill();
        }

        await Waiting.ForAsync(() => AnswersAsync(postgres), Patience, "Postgres to be back");
    }

    private static async Task<bool> AnswersAsync(NpgsqlConnectionStringBuilder postgres)
    {
        NpgsqlConnection.ClearAllPools();
        try
        {
            await using var connection = new NpgsqlConnection(postgres.ConnectionString);
            return await connection.ExecuteScalarAsync<int>("SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
