using AliveMcp.Drills.Install;
using AliveMcp.Testing.Processes;

namespace AliveMcp.Drills.Archive;

/// <summary>Two archivers race for every shard while minutes are sealed without a pause, and now and then one of them is killed: nothing twice, nothing lost.</summary>
internal static class TwoArchiversDrill
{
    private const int Servers = 300;
    private const int Kills = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="minutes">Of the servers, sealed as fast as they go.</param>
    /// <param name="output">Told.</param>
    public static async Task<int> RunAsync(int minutes, TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync();
        var ledger = new SealedLedger(install.Storage);
        var archivers = new ProgramUnderTest[2];
        for (var place = 0; place < archivers.Length; place++)
        {
            (archivers[place], _) = await install.StartHostAsync("archiver");
        }

        var first = SealedLedger.LongAgo();
        var dice = new Random(20_262);
        var sealing = SealAsync(ledger, first, minutes);
        for (var kill = 0; kill < Kills; kill++)
        {
            var place = kill % archivers.Length;
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(200, 2_000)), TimeProvider.System);
            await archivers[place].KillAsync();
            (archivers[place], _) = await install.StartHostAsync("archiver");
        }

        await sealing;
        await ledger.ArriveAsync(Patience);
        await ledger.PackAsync(Patience);
        var account = await ledger.AccountAsync();
        var packed = await ledger.PackedAsync();
        output.WriteLine($"{Kills} kills of one of two archivers: {account}");
        output.WriteLine(
            $"{packed.Hours} hours and {packed.Days} days packed, {packed.Wrong} of them not what was sealed"
        );
        var met = account.IsWhole && packed.Wrong == 0;
        output.WriteLine(
            $"two-archivers {account.Missing} lost, {account.Doubled} twice, {packed.Wrong} wrong; goal 0, 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }

    private static async Task SealAsync(SealedLedger ledger, Vocabulary.MinuteStamp first, int minutes)
    {
        for (var place = 0; place < minutes; place++)
        {
            await ledger.SealAsync(Servers, first + place);
        }
    }
}
