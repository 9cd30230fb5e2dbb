using System.CommandLine;
using System.Diagnostics;
using AliveMcp.Cli.Up;

namespace AliveMcp.Cli.Ops;

/// <summary><c>alivemcp ops</c>: what an operator does to an install, done by the Host run once, on the install's own storage.</summary>
internal static class OpsCommand
{
    private const string Description =
        "Administer an install: its regions, its backups, what it keeps, what it erases.";

    private const string Notes = """
        What there is:
          region list                                    regions, their tokens' ages, the probers at work
          region add NAME --city CITY [--tenant SLUG]    a new region; with --tenant a private one
          region rotate NAME [--at-once]                 another token, beside or instead of those before
          region remove NAME                             its probers are refused from then on
          backup FILE                                    dumps everything, and beside it what every table holds
          restore-check FILE                             restores a dump into a database of its own and compares every table
          retention [--apply]                            what history is over and would be dropped, and why; with --apply drops it
          retention release TENANT                       gives up a promise that plans.yaml no longer keeps
          erase server TENANT/SERVER [--yes]             what would be erased; with --yes erases it and prints the receipt
          erase tenant TENANT [--yes]                    likewise a tenant with its servers
          erase receipts TENANT-NUMBER                   receipts of what was erased
          erase tombstones                               the stones of all that was erased, to be kept apart from backups
          erase --replay FILE                            sets those stones in a restored copy, before it serves anybody
          erasure-drill                                  erases a made-up tenant and looks for what is left
          tenant list                                    every tenant and how it stands
          tenant add SLUG [--name NAME] [--plan PLAN]    another tenant; the token of its first key is told once
          tenant suspend SLUG --reason TEXT              it reads and exports, changes nothing, and nobody looks at its servers
          tenant past-due SLUG --reason TEXT             a payment is missing: after 7 days the limits of the plan public hold
          tenant resume SLUG --reason TEXT               lifts either, with its next request
          operator list                                  operators and auditors, and when each was last here
          operator add NAME --layer LAYER [--tenant SLUG] [--days N]
                                                         another one; the token is told once and lives a day unless told
          operator revoke NUMBER                         the token is good no more

        Environment:
          ALIVEMCP_HOME                                  the install that runs there, instead of ./.alivemcp
          ConnectionStrings__Postgres, ConnectionStrings__Redis
                                                         the install that these lead to instead

        Exit codes:
          0   done
          1   a restored table differs
          64  the command line is wrong
          65  refused, for example because there is no such region
          69  the install cannot be reached
          78  a setting is wrong

        Examples:
          alivemcp ops region add eu-west --city Dublin
          alivemcp ops region rotate eu-west
          alivemcp ops backup /backups/2026-11-21.dump && alivemcp ops restore-check /backups/2026-11-21.dump
        """;

    private static readonly Argument<string[]> Words = new("what")
    {
        Description = "As below.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new NotedCommand("ops", Description, Notes) { Words };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync([.. parsed.Tokens.Skip(1).Select(token => token.Value)], cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(string[] words, CancellationToken cancellationToken)
    {
        var host = HostProcess.Command;
        using var process = Process.Start(host[0], [.. host[1..], "ops", .. words]);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }
}
