using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AliveMcp.Bench.PublicReads;

/// <summary>The load generator wrk (Debian: <c>wrk</c>), a process of its own: keep-alive connections that ask again as soon as they are answered.</summary>
internal static partial class Wrk
{
    private const int Connections = 32;

    /// <summary>What one run gave.</summary>
    /// <param name="Rate">Requests a second.</param>
    /// <param name="P99Ms">99 of 100 requests took so long or less.</param>
    internal readonly record struct Run(double Rate, double P99Ms);

    /// <summary>Asks one address for a while.</summary>
    /// <param name="url">What is asked.</param>
    /// <param name="held">Sent as <c>If-None-Match</c>; null to ask for the whole answer.</param>
    /// <param name="seconds">For how long.</param>
    /// <exception cref="InvalidOperationException">wrk is not installed, or an answer was an error.</exception>
    public static async Task<Run> RunAsync(Uri url, string? held, int seconds)
    {
        var start = new ProcessStartInfo(
            "wrk",
            ["-t1", $"-c{Connections}", $"-d{seconds}s", "--latency", url.AbsoluteUri]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (held is not null)
        {
            start.ArgumentList.Insert(0, "-H");
            start.ArgumentList.Insert(1, "If-None-Match: " + held);
        }

        var said = await HearAsync(start);
        if (Faults().Match(said) is { Success: true } fault)
        {
            throw new InvalidOperationException($"{url}: {fault.Value}");
        }

        return new Run(Number(Rate().Match(said).Groups[1].Value), Milliseconds(P99().Match(said)));
    }

    private static async Task<string> HearAsync(ProcessStartInfo start)
    {
        try
        {
            using var wrk = Process.Start(start)!;
            var said = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return said;
        }
        catch (Win32Exception absent)
        {
            throw new InvalidOperationException("wrk is not on PATH: apt-get install wrk", absent);
        }
    }

    private static double Milliseconds(Match found) =>
        Number(found.Groups[1].Value)
        * found.Groups[2].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            _ => 1000,
        };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex P99();

    [GeneratedRegex(@"(Socket errors|Non-2xx or 3xx).*")]
    private static partial Regex Faults();
}
