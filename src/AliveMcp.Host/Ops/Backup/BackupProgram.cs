using System.Runtime.InteropServices;
using AliveMcp.Hosting.Start;
using AliveMcp.Storage;
using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary><c>ops backup</c> and <c>ops restore-check</c>: they need Postgres alone.</summary>
internal static class BackupProgram
{
    /// <summary>The copy is not what was written.</summary>
    private const int Differs = 1;

    private const int Refused = 65;

    /// <returns>0 done, 1 it differs, 65 refused.</returns>
    /// <exception cref="StartRefusedException">The install cannot be reached.</exception>
    public static async Task<int> RunAsync(BackupWords asked, StorageOptions storage)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext signal)
        {
            // What was made is taken away first; the program ends by itself.
            signal.Cancel = true;
            stop.Cancel();
        }

        try
        {
            return await RunAsync(asked, storage.Bootstrap, stop.Token);
        }
        catch (BackupException refused)
        {
            await Console.Error.WriteLineAsync("alivemcp: " + refused.Message);
            return Refused;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await Console.Error.WriteLineAsync(
                $"alivemcp: The role {storage.Bootstrap.Username} may not: {fault.MessageText}."
            );
            return Refused;
        }
        catch (NpgsqlException fault) when (fault is not PostgresException)
        {
            throw new StartRefusedException(
                $"Postgres at {storage.Bootstrap.Host}:{storage.Bootstrap.Port} does not answer: {fault.Message}",
                fault
            );
        }
    }

    private static async Task<int> RunAsync(
        BackupWords asked,
        NpgsqlConnectionStringBuilder server,
        CancellationToken cancellationToken
    )
    {
        var folders = PostgresTools.UsualFolders();
        if (asked.IsCheck)
        {
            var check = new RestoreCheck(server, TimeProvider.System, Console.Out);
            return await check.RunAsync(asked.File, folders, null, cancellationToken) ? 0 : Differs;
        }

        await new BackupTaker(server, TimeProvider.System, Console.Out).RunAsync(
            asked.File,
            folders,
            cancellationToken
        );
        await Console.Out.WriteLineAsync($"backup {asked.File} ok");
        return 0;
    }
}
