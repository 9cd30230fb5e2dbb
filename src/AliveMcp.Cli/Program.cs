using System.CommandLine;
using AliveMcp.Cli.Apply;
using AliveMcp.Cli.Asking;
using AliveMcp.Cli.Diff;
using AliveMcp.Cli.Export;
using AliveMcp.Cli.Import;
using AliveMcp.Cli.Incidents;
using AliveMcp.Cli.Maintenance;
using AliveMcp.Cli.Minute;
using AliveMcp.Cli.Ops;
using AliveMcp.Cli.Probe;
using AliveMcp.Cli.Rules;
using AliveMcp.Cli.Sinks;
using AliveMcp.Cli.Snapshot;
using AliveMcp.Cli.Up;

namespace AliveMcp.Cli;

/// <summary>The table of contents of <c>alivemcp</c>: each command is a folder with a class that makes it.</summary>
internal static class Program
{
    public static IReadOnlyList<Command> Commands(Terminal terminal) =>
        [
            ProbeCommand.Create(terminal),
            SnapshotCommand.Create(terminal),
            DiffCommand.Create(terminal),
            ApplyCommand.Create(terminal),
            ImportCommand.Create(terminal),
            LookCommand.Create(terminal),
            SinksCommand.Create(terminal),
            RulesCommand.Create(terminal),
            IncidentsCommand.Create(terminal),
            MaintenanceCommand.Create(terminal),
            ExportCommand.Create(terminal),
            MinuteCommand.Create(terminal),
            UpCommand.Create(terminal),
            DownCommand.Create(terminal),
            OpsCommand.Create(),
        ];

    private static Task<int> Main(string[] args)
    {
        var terminal = Terminal.OfProcess();
        return CommandLine.RunAsync(args, terminal, Commands(terminal), CancellationToken.None);
    }
}
