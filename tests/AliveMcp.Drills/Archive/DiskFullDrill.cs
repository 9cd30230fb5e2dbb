using System.Globalization;
using AliveMcp.Drills.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Archive;

/// <summary>The disk that rows go to is full for a while: the archiver says so and lives, minutes wait in Redis, and arrive when there is room.</summary>
internal static class DiskFullDrill
{
    private const int Servers = 500;
    private static readonly TimeSpan SealEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(TimeSpan full, TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync();
        using var disk = await SmallDisk.MountAsync(install.Storage, mebibytes: 64);
        var ledger = new SealedLedger(install.Storage);
        var (archiver, url) = await install.StartHostAsync("archiver");
        var minute = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) + -120;
        await ledger.SealAsync(Servers, minute);
        minute += 1;
        await ledger.ArriveAsync(Patience);

        disk.Fill();
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < full)
        {
            await ledger.SealAsync(Servers, minute);
            minute += 1;
            await Task.Delay(SealEvery, TimeProvider.System);
        }

        var during = await ledger.AccountAsync();
        var said = await Readiness.OfAsync(url);
        disk.Free();
        var freed = TimeProvider.System.GetTimestamp();
        await ledger.ArriveAsync(Patience);
        var caughtUp = TimeProvider.System.GetElapsedTime(freed);
        await ledger.PackAsync(Patience);
        var account = await ledger.AccountAsync();
        output.WriteLine($"after {full.TotalSeconds:0} s without room: {during}; readiness {said}");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{caughtUp.TotalSeconds:0.0} s after there was room: {account}"
            )
        );
        var told = archiver.Output.Contains("No space left on device", StringComparison.Ordinal);
        var met = account.IsWhole && during.Missing > 0 && told && !archiver.HasExited;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"disk-full {full.TotalSeconds:0} s, {account.Missing} lost, {account.Doubled} twice, caught up in {caughtUp.TotalSeconds:0} s; goal 0, 0 {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }
}
