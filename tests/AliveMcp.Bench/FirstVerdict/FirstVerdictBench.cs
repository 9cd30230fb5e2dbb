using System.Diagnostics;
using System.Globalization;

namespace AliveMcp.Bench.FirstVerdict;

/// <summary>
/// P9: from starting the embedded install to the first live minute of a demo server, sealed, archived and readable; from nothing, and on the
/// next start; what it weighs at rest; beside the smallest ASP.NET program in the same run.
/// </summary>
internal static class FirstVerdictBench
{
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GoalOfSecond = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(TextWriter output)
    {
        var clock = TimeProvider.System;
        await NoOpAsync(output, clock);
        var folder = Directory.CreateTempSubdirectory("alivemcp-bench-");
        try
        {
            var (first, minute) = await StartAsync(
                "from nothing",
                folder.FullName,
                DateTimeOffset.MinValue,
                output,
                clock
            );

            // Away for longer than a minute: whatever the second start shows as new was looked at after it.
            await Task.Delay(TimeSpan.FromSeconds(65), clock);
            var (second, _) = await StartAsync("second start", folder.FullName, minute, output, clock);

            var met = first <= Goal && second <= GoalOfSecond;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"P9 {first.TotalSeconds:0.0}/{second.TotalSeconds:0.0} {Goal.TotalSeconds:0}/{GoalOfSecond.TotalSeconds:0} {(met ? "ok" : "short")}"
                )
            );
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(TimeSpan ToVerdict, DateTimeOffset Minute)> StartAsync(
        string name,
        string folder,
        DateTimeOffset than,
        TextWriter output,
        TimeProvider clock
    )
    {
        await using var install = Install.Start(folder, clock);
        var url = await install.ReadyAsync();
        var ready = install.Elapsed;
        var minute = await install.LiveAsync(url, than);
        var verdict = install.Elapsed;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -14} ready after {ready.TotalSeconds:0.0} s, live minute readable after {verdict.TotalSeconds:0.0} s"
            )
        );

        await Task.Delay(Rest, clock);
        var memories = install.Memories();
        output.WriteLine(
            $"{name, -14} rss {string.Join(", ", memories.Select(process => $"{process.Key} {process.Value} MiB"))}"
        );
        return (verdict, minute);
    }

    private static async Task NoOpAsync(TextWriter output, TimeProvider clock)
    {
        var began = clock.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(FirstVerdictBench).Assembly.Location, "noop"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var url = (await process.StandardOutput.ReadLineAsync())!;
        using var client = new HttpClient(new SocketsHttpHandler());
        await client.GetStringAsync(new Uri(url));
        var answered = clock.GetElapsedTime(began);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{"no-op ASP.NET", -14} answers after {answered.TotalSeconds:0.0} s, rss {Memory.MiB(process.Id)} MiB"
            )
        );
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }
}
