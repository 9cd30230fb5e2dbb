using System.Globalization;
using AliveMcp.Host.Embedded.Children;
using AliveMcp.Hosting.Start;

namespace AliveMcp.Host.Embedded;

/// <summary>The folder of one install, held by one process at a time.</summary>
internal sealed class InstallFolder : IDisposable
{
    /// <summary>Name of the file under <c>run/</c> that says, once everything runs: process id, blank, base URL.</summary>
    public const string Ready = "ready";

    /// <summary>Name of the file under <c>run/</c> with the demo servers, slug to URL; absent without a demo.</summary>
    public const string DemoServers = "demo.json";

    private readonly FileStream _lock;
    private readonly List<string> _ours = [];

    private InstallFolder(string root, FileStream held)
    {
        Root = root;
        _lock = held;
    }

    public string Root { get; }

    /// <summary>The install's own token, mode 0600.</summary>
    public string ApiKeyFile => Path.Combine(Root, "run", "api-key");

    /// <summary>The keys that wrap what the install's database keeps secret, mode 0600. Lost, every secret is lost.</summary>
    public string KeyFile => KeyFileOf(Root);

    public static string KeyFileOf(string root) => Path.Combine(root, "keys", "secrets");

    /// <summary>Takes the folder, making it when there is none.</summary>
    /// <exception cref="StartRefusedException">Another process holds it; the message names its id.</exception>
    public static InstallFolder Take(string root)
    {
        try
        {
            // Others may pass through but not look around: where we are root, Postgres runs as a user of its own.
            MakeFolder(root, "rwx--x--x");
            MakeFolder(Path.Combine(root, "run"), "rwxr-xr-x");
            MakeFolder(Path.Combine(root, "logs"), "rwx------");
            MakeFolder(Path.Combine(root, "keys"), "rwx------");
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new StartRefusedException(
                $"The folder {root} cannot be used: {fault.Message} Set ALIVEMCP_HOME to another one.",
                fault
            );
        }

        try
        {
            var held = new FileStream(
                Path.Combine(root, "run", "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            var folder = new InstallFolder(root, held);
            folder.Note(Ready, null);
            folder.Note(DemoServers, null);
            folder.NotePid("host");
            return folder;
        }
        catch (IOException fault)
        {
            var holder = Leftover.TryReadPid(Path.Combine(root, "run", "host.pid"), out var pid)
                ? $"process {pid.ToString(CultureInfo.InvariantCulture)}"
                : "another process";
            throw new StartRefusedException(
                $"{root} is held by {holder}, which is running already. Stop it with 'alivemcp down', or set ALIVEMCP_HOME to another folder.",
                fault
            );
        }
    }

    public string LogOf(string child) => Path.Combine(Root, "logs", child + ".log");

    public string PidFileOf(string name) => Path.Combine(Root, "run", name + ".pid");

    /// <summary>Says that this process is <paramref name="name"/>.</summary>
    public void NotePid(string name) =>
        Note(name + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Leaves a line under <c>run/</c> for as long as this process runs; null takes back what an earlier one left.</summary>
    public void Note(string name, string? line)
    {
        var path = Path.Combine(Root, "run", name);
        if (line is null)
        {
            File.Delete(path);
            return;
        }

        // Written beside and moved: whoever waits for the file never reads half of it.
        File.WriteAllText(path + ".new", line + "\n");
        File.Move(path + ".new", path, overwrite: true);
        _ours.Add(path);
    }

    /// <summary>Leaves path and query of the owner's link under <c>run/</c>, readable by our own user alone; null takes it back.</summary>
    public void NoteOwnerLink(string? path)
    {
        var file = Path.Combine(Root, "run", "owner-link");
        File.Delete(file);
        if (path is not null)
        {
            PrivateFiles.Write(file, path + "\n");
            _ours.Add(file);
        }
    }

    public void Dispose()
    {
        _ours.ForEach(File.Delete);
        _lock.Dispose();
    }

    private static void MakeFolder(string path, string mode)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ModeOf(mode));
        }
    }

    private static UnixFileMode ModeOf(string letters) =>
        (UnixFileMode)letters.Aggregate(0, (bits, letter) => (bits << 1) | (letter == '-' ? 0 : 1));
}
