using System.Diagnostics;
using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Archive;

/// <summary>
/// A file system of a few MiB (tmpfs; needs root) that holds every partition that is made from now on, as a tablespace. Postgres' log of
/// changes stays on the large disk: what is full is where rows go.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-disk-");

    private SmallDisk() { }

    private string Ballast => Path.Combine(_folder.FullName, "ballast");

    public static async Task<SmallDisk> MountAsync(TestStorage storage, int mebibytes)
    {
        var disk = new SmallDisk();
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=0777", "tmpfs", disk._folder.FullName);
        var space = Directory.CreateDirectory(Path.Combine(disk._folder.FullName, "rows"));
        await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var data = await connection.ExecuteScalarAsync<string>("SHOW data_directory");
        await RunAsync("chown", $"--reference={data}", space.FullName);
        await RunAsync("chmod", "0700", space.FullName);
        await connection.ExecuteAsync($"CREATE TABLESPACE small_disk LOCATION '{space.FullName}'");
        await connection.ExecuteAsync("GRANT CREATE ON TABLESPACE small_disk TO PUBLIC");
        var database = await connection.ExecuteScalarAsync<string>("SELECT current_database()");
        await connection.ExecuteAsync($"ALTER DATABASE {database} SET default_tablespace = small_disk");
        return disk;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = File.Create(Ballast);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        using var unmount = Process.Start("umount", ["-l", _folder.FullName]);
        unmount.WaitForExit();
        _folder.Delete();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."
            );
        }
    }
}
