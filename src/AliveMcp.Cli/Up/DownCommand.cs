using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace AliveMcp.Cli.Up;

/// <summary><c>alivemcp down</c>: stops what <c>alivemcp up</c> started in this folder.</summary>
internal static class DownCommand
{
    private const string Description = "Stop what 'alivemcp up' runs in this folder. What was seen is kept.";

    private const string Notes = """
        Environment:
          ALIVEMCP_HOME   the install to stop, instead of ./.alivemcp

        Exit codes:
          0   stopped, or nothing was running
          1   it does not stop
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("down", Description, Notes);
        command.SetAction((_, cancellationToken) => RunAsync(terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var home = UpOptions.HomeOf(Environment.GetEnvironmentVariable);
        using var host = Find(Path.Combine(home, "run", "host.pid"));
        if (host is null)
        {
            terminal.Console.WriteLine($"Nothing runs in {home}.");
            return ExitCodes.Fine;
        }

        await AskToStop.SendAsync(host.Id, cancellationToken);
        var began = terminal.Time.GetTimestamp();
        while (!host.HasExited)
        {
            if (terminal.Time.GetElapsedTime(began) > Patience)
            {
                await terminal.Error.WriteLineAsync(
                    $"alivemcp: process {host.Id} does not stop; kill -9 {host.Id} ends it and its children."
                );
                return ExitCodes.NotInTime;
            }

            await Task.Delay(Look, terminal.Time, cancellationToken);
        }

        terminal.Console.WriteLine("Stopped.");
        return ExitCodes.Fine;
    }

    /// <summary>Ids are reused: only a process that is the Host is ours to stop.</summary>
    private static Process? Find(string pidFile)
    {
        if (
            !File.Exists(pidFile)
            || !int.TryParse(
                File.ReadAllText(pidFile),
                NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var id
            )
        )
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(id);
            return
                !OperatingSystem.IsLinux()
                || File.ReadAllText($"/proc/{id}/cmdline").Contains("AliveMcp.Host", StringComparison.Ordinal)
                ? process
                : null;
        }
        catch (Exception gone) when (gone is ArgumentException or IOException)
        {
            return null;
        }
    }
}
