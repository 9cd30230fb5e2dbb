namespace AliveMcp.Host.Embedded.Children;

/// <summary>Keeps what a child prints: all of it in a file, the last lines for the message when it fails.</summary>
internal sealed class ChildLog : IDisposable
{
    private const int Kept = 20;

    /// <summary>A log larger than this is begun anew at the next start.</summary>
    private const long Largest = 10 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private readonly StreamWriter? _file;

    public ChildLog(string? path)
    {
        if (path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var append = !File.Exists(path) || new FileInfo(path).Length < Largest;
        _file = new StreamWriter(PrivateFiles.Open(path, append ? FileMode.Append : FileMode.Create))
        {
            AutoFlush = true,
        };
    }

    public void Write(string line)
    {
        lock (_lock)
        {
            _last.Enqueue(line);
            if (_last.Count > Kept)
            {
                _last.Dequeue();
            }

            _file?.WriteLine(line);
        }
    }

    /// <summary>The last lines, oldest first.</summary>
    public string Tail()
    {
        lock (_lock)
        {
            return string.Join('\n', _last);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
        }
    }
}
