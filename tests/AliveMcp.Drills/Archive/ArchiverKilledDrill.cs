using AliveMcp.Drills.Install;
using AliveMcp.Testing.Processes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Archive;

/// <summary>
/// kill -9 of the archiver at each of its steps. It is held at the step by a lock from outside, so that it dies exactly there; another one
/// is started in its place. Nothing sealed may be lost, nothing archived twice, and hours and days must hold what was sealed.
/// </summary>
internal static class ArchiverKilledDrill
{
    private const int Servers = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Where it is held: a name, what is locked, the statement that stands before the lock.</summary>
    private static readonly (string Name, string Lock, string Statement)[] Steps =
    [
        (
            "after the read",
            "SELECT FROM archive.progress FOR UPDATE",
            "SELECT closed_hour FROM archive.progress FOR SHARE"
        ),
        ("before the rows", "LOCK TABLE archive.verdict_minute IN SHARE MODE", "COPY archive.verdict_minute"),
        ("between rows and mark", "LOCK TABLE archive.mark IN SHARE MODE", "UPDATE archive.mark"),
        (
            "between rows and dirty hours",
            "LOCK TABLE archive.dirty_hour IN SHARE MODE",
            "INSERT INTO archive.dirty_hour"
        ),
        ("in the packer of hours", "LOCK TABLE archive.verdict_hour IN SHARE MODE", ""),
        ("in the packer of days", "LOCK TABLE archive.verdict_day IN SHARE MODE", ""),
        ("between days and dirty months", "LOCK TABLE archive.dirty_month IN SHARE MODE", ""),
    ];

    public static async Task<int> RunAsync(int rounds, TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync();
        var ledger = new SealedLedger(install.Storage);
        var (archiver, _) = await install.StartHostAsync("archiver");
        var minute = SealedLedger.LongAgo();
        var kills = 0;
        await ledger.SealAsync(Servers, minute);
        minute += 1;
        await ledger.ArriveAsync(Patience);
        await ledger.PackAsync(Patience);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var step in Steps)
            {
                archiver = await KillAtAsync(install, ledger, archiver, step, minute);
                minute += 17;
                kills++;
                output.WriteLine($"killed {step.Name}: {await ledger.AccountAsync()}");
            }

            archiver = await KillBeforeTrimAsync(install, ledger, archiver, minute);
            minute += 17;
            kills++;
            output.WriteLine($"killed between commit and trim: {await ledger.AccountAsync()}");
        }

        await ledger.PackAsync(Patience);
        return await JudgeAsync(output, ledger, kills);
    }

    private static async Task<int> JudgeAsync(TextWriter output, SealedLedger ledger, int kills)
    {
        var account = await ledger.AccountAsync();
        var packed = await ledger.PackedAsync();
        output.WriteLine($"{kills} kills: {account}");
        output.WriteLine(
            $"{packed.Hours} hours and {packed.Days} days packed, {packed.Wrong} of them not what was sealed"
        );
        var met = account.IsWhole && packed is { Wrong: 0, Hours: > 0, Days: > 0 };
        output.WriteLine(
            $"archiver-killed {kills} kills, {account.Missing} lost, {account.Doubled} twice, {packed.Wrong} wrong; goal 0, 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }

    /// <summary>Two minutes of yesterday: they come late for a closed hour, so that the packers have work, too.</summary>
    private static async Task<ProgramUnderTest> KillAtAsync(
        DrillInstall install,
        SealedLedger ledger,
        ProgramUnderTest archiver,
        (string Name, string Lock, string Statement) step,
        MinuteStamp minute
    )
    {
        await using (var obstacle = await Obstacle.PutAsync(install.Storage, step.Lock))
        {
            await ledger.SealAsync(Servers, minute);
            await obstacle.HitByAsync(step.Statement);
            await archiver.KillAsync();
        }

        return await AgainAsync(install, ledger);
    }

    /// <summary>Held before its rows while Redis is frozen, and let go: its rows are committed, its log cannot be trimmed.</summary>
    private static async Task<ProgramUnderTest> KillBeforeTrimAsync(
        DrillInstall install,
        SealedLedger ledger,
        ProgramUnderTest archiver,
        MinuteStamp minute
    )
    {
        var obstacle = await Obstacle.PutAsync(install.Storage, "LOCK TABLE archive.verdict_minute IN SHARE MODE");
        await ledger.SealAsync(Servers, minute);
        await obstacle.HitByAsync("COPY archive.verdict_minute");
        using (new Frozen(install.Storage.RedisServer.ProcessId))
        {
            await obstacle.DisposeAsync();
            await ledger.ArriveAsync(Patience);
            await archiver.KillAsync();
        }

        return await AgainAsync(install, ledger);
    }

    private static async Task<ProgramUnderTest> AgainAsync(DrillInstall install, SealedLedger ledger)
    {
        var (archiver, _) = await install.StartHostAsync("archiver");
        await ledger.ArriveAsync(Patience);
        await ledger.PackAsync(Patience);
        return archiver;
    }
}
