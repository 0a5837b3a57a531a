using System.Globalization;

namespace Shop;

/// <summary>An order of the shop.</summary>
public sealed record Order(Guid Id, string Customer, string Country, decimal Amount);

/// <summary>Reads orders from a CSV file: a header line, then <c>order,customer,country,amount</c>. A customer with a comma is in double quotes.</summary>
public static class OrderFile
{
    private const string Header = "order,customer,country,amount";

    /// <exception cref="InvalidDataException">There is no such file, or a line of it is no order; the message says which, and why.</exception>
    public static IReadOnlyList<Order> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no file {path}.");
        }

        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header)
        {
            throw new InvalidDataException($"{path}, line 1: the header is to be '{Header}'.");
        }

        List<Order> orders = [];
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
            {
                orders.Add(ReadOrder(lines[i], $"{path}, line {i + 1}"));
            }
        }

        return orders.Count > 0 ? orders : throw new InvalidDataException($"{path} has no orders.");
    }

    /// <summary>The same orders under other ids; what was twice in the file is twice.</summary>
    public static IReadOnlyList<Order> WithIdsOf(Guid run, IEnumerable<Order> orders)
    {
        byte[] other = run.ToByteArray();
        return [.. orders.Select(order => order with { Id = new Guid([.. order.Id.ToByteArray().Zip(other, (left, right) => (byte)(left ^ right))]) })];
    }

    private static Order ReadOrder(string line, string place)
    {
        List<string> fields = Split(line, place);
        if (fields.Count != 4)
        {
            throw new InvalidDataException($"{place}: an order has 4 fields ({Header}); this line has {fields.Count}.");
        }

        if (!Guid.TryParse(fields[0], out Guid id) || id == Guid.Empty)
        {
            throw new InvalidDataException($"{place}: the order is '{fields[0]}'; it is to be a GUID, such as {Guid.NewGuid()}.");
        }

        if (string.IsNullOrWhiteSpace(fields[1]))
        {
            throw new InvalidDataException($"{place}: the customer is missing.");
        }

        if (fields[2] is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            throw new InvalidDataException($"{place}: the country is '{fields[2]}'; it is to be two capital letters, such as PT.");
        }

        // A negative amount can be read; what to make of it is the worker's business.
        return decimal.TryParse(fields[3], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal amount)
            ? new Order(id, fields[1], fields[2], amount)
            : throw new InvalidDataException($"{place}: the amount is '{fields[3]}'; it is to be a number, such as 129.90.");
    }

    /// <summary>Splits at the commas outside of double quotes; two double quotes inside of them are one.</summary>
    private static List<string> Split(string line, string place)
    {
        List<string> fields = [string.Empty];
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                fields[^1] += line[i++];
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                fields.Add(string.Empty);
            }
            else
            {
                fields[^1] += line[i];
            }
        }

        return isQuoted ? throw new InvalidDataException($"{place}: a double quote is not closed.") : fields;
    }
}
